import { type Block, param, type Span, type Tap, type Text, UserError } from '../src/chat/index.js';
import { labelsOf } from '../src/core/communities/labels.js';
import { setUpCommunity } from '../src/core/communities/set-up.js';
import { grant, type Holders, holdersOf } from '../src/core/members/grant.js';
import type { RoleName } from '../src/core/names.js';
import { countriesLike, countryName, readCountry } from '../src/core/support/country.js';
import { crisisCountries } from '../src/core/support/crisis.js';
import { type AppCtx, defineCommand } from './define.js';
import { said } from './said.js';

const ROLES = ['facilitator', 'mentor', 'coordinator'] as const;

/** Roles live in a guild or workspace; a direct message does not say which. */
function mustBeInSpace(ctx: AppCtx): void {
  if (!ctx.scope.space) throw new UserError('community.inSpace');
}

const nobody = ({ people, groups }: Holders) => people.length + groups.length === 0;

function who(ctx: AppCtx, holders: Holders): Text {
  if (nobody(holders)) return ctx.t('community.nobodyYet');
  const mentions = [...holders.groups.map((group): Span => ({ group })), ...holders.people.map((mention): Span => ({ mention }))];
  return mentions.flatMap((span, i) => (i === 0 ? [span] : [', ', span]));
}

/** How to say that no country stands for the community, in the languages of the catalogues. */
const NO_COUNTRY = /^(?:none|ningun[oa])$/iu;

/** ISO 3166-1 alpha-2; null for none; undefined where nothing was said. */
function countryOf(said: string | undefined): string | null | undefined {
  if (said === undefined) return undefined;
  if (NO_COUNTRY.test(said)) return null;
  const code = readCountry(said);
  if (code === undefined) throw new UserError('community.unknownCountry', { country: said });
  return code;
}

/** Where a community is, and in which language it is spoken to. */
export function placeFacts(
  ctx: AppCtx,
  { zone, language, country }: { readonly zone: string; readonly language: string; readonly country: string | null },
): { label: string; value: Text }[] {
  const names = new Intl.DisplayNames([ctx.language], { type: 'language' });
  return [
    { label: ctx.t('community.zone'), value: zone },
    { label: ctx.t('community.language'), value: names.of(language) ?? language },
    {
      label: ctx.t('community.country'),
      value: country ? countryName(country, ctx.language) : ctx.t('community.countryUnknown'),
    },
  ];
}

/** What is set now, and what to do next. */
async function overview(ctx: AppCtx): Promise<Block<Tap>[]> {
  const { zone, language, country } = await ctx.scope.db.community.findUniqueOrThrow({ where: { id: ctx.scope.community.id } });
  const labels = await labelsOf(ctx.scope);
  const facts: { label: string; value: Text }[] = [
    ...placeFacts(ctx, { zone, language, country }),
    {
      label: ctx.t('community.words'),
      value: `${ctx.t(`community.sponsorWords.${labels.sponsor}`)} · ${ctx.t(`community.timeWords.${labels.time}`)}`,
    },
  ];
  for (const role of ROLES)
    facts.push({ label: ctx.t(`community.roles.${role}`), value: who(ctx, await holdersOf(ctx.scope, role)) });
  return [
    { kind: 'facts', facts },
    { kind: 'note', text: ctx.t('community.rolesNote') },
    {
      kind: 'buttons',
      buttons: [
        {
          label: ctx.t('community.change'),
          act: {
            path: ['community', 'setup'],
            does: 'form',
            input: { zone, language, country: country ?? undefined, ...labels },
          },
        },
        { label: ctx.t('community.changeRoles'), act: { path: ['community', 'roles'], does: 'form' } },
      ],
    },
  ];
}

const suggestCountry = (typed: string, language: string) => countriesLike(typed, language, crisisCountries().lines).slice(0, 25);

export const communitySetup = defineCommand({
  path: ['community', 'setup'],
  role: 'admin',
  reply: 'private',
  params: {
    zone: param.zone({ required: true }),
    language: param.choice(['en', 'es'], { required: true }),
    country: param.text({ shown: 'asked', max: 60, suggest: suggestCountry }),
    sponsor: param.choice(['sponsor', 'mentor', 'peer'], {}),
    time: param.choice(['recovery', 'clean', 'sober'], {}),
    facilitators: param.roles({}),
    mentors: param.roles({}),
    coordinators: param.roles({}),
  },
  async run({ zone, language, country, sponsor, time, facilitators, mentors, coordinators }, ctx) {
    mustBeInSpace(ctx);
    const code = countryOf(country);
    const before = await labelsOf(ctx.scope);
    const groups: Partial<Record<RoleName, readonly string[]>> = {
      ...(facilitators && { facilitator: facilitators }),
      ...(mentors && { mentor: mentors }),
      ...(coordinators && { coordinator: coordinators }),
    };
    await setUpCommunity(ctx.scope, {
      zone,
      language,
      ...(code !== undefined && { country: code }),
      labels: { sponsor: sponsor ?? before.sponsor, time: time ?? before.time },
      groups,
    });
    return said(ctx.t(ctx.scope.community.isSetUp ? 'community.changed' : 'community.ready'), await overview(ctx));
  },
});

export const communityRoles = defineCommand({
  path: ['community', 'roles'],
  role: 'admin',
  reply: 'private',
  params: {
    role: param.choice(ROLES, { required: true }),
    people: param.members({}),
    groups: param.roles({}),
    clear: param.bool({}),
  },
  async run({ role, people, groups, clear }, ctx) {
    mustBeInSpace(ctx);
    const before = clear ? { people: [], groups: [] } : await holdersOf(ctx.scope, role);
    const after = { people: people ?? before.people, groups: groups ?? before.groups };
    await grant(ctx.scope, role, after);
    return said(ctx.t('community.rolesSaved', { role: ctx.t(`community.roles.${role}`) }), await overview(ctx));
  },
});
