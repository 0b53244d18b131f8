import { type Block, param, type Reply, type Span, type Tap, type Text } from '../src/chat/index.js';
import type { Setting, Then } from '../src/core/communities/link/left.js';
import { CODE_MINUTES, makeLinkCode } from '../src/core/communities/link/offer.js';
import { countryName } from '../src/core/support/country.js';
import { crisisLines } from '../src/core/support/crisis-table.js';
import type { LocalLine } from '../src/core/support/local/line.js';
import { placeFacts } from './community.js';
import { type AppCtx, defineCommand } from './define.js';
import { said } from './said.js';

type LinesKey = 'link.lines.carried' | 'link.lines.left' | 'link.lines.unhidden';

/** A new code, and what it is for. */
async function offer(ctx: AppCtx): Promise<Reply> {
  const { code, until } = await makeLinkCode(ctx.scope);
  const text = ctx.t('link.code.intro');
  const values = { link: { command: ['community', 'link'] as const } };
  const ends = { minutes: CODE_MINUTES, until: { time: until, style: 'time' as const, zone: ctx.scope.member.zone } };
  return said(text, [
    { kind: 'text', text: [{ bold: code }] },
    { kind: 'text', text: ctx.rich<Span & object>('link.code.how', values) },
    { kind: 'list', items: [ctx.t('link.code.stays'), ctx.t('link.code.both'), ctx.t('link.code.good')] },
    { kind: 'note', text: ctx.rich<Span & object>('link.code.ends', ends) },
  ]);
}

/** Where {@link placeFacts} has it. */
const PLACE: Readonly<Partial<Record<Setting, number>>> = { zone: 0, language: 1, country: 2 };

/** A setting of this place, with what it is where that can be said in a word. */
function settingOf(ctx: AppCtx, name: Setting): string {
  const { community } = ctx.scope;
  const at = PLACE[name];
  const fact = at === undefined ? undefined : placeFacts(ctx, { ...community, country: community.country ?? null })[at];
  return fact ? `${fact.label}: ${String(fact.value)}` : ctx.t(`link.left.${name as 'words' | 'pairing' | 'retention'}`);
}

/** What is lost of this place and what comes along, each by its name. */
function losses(ctx: AppCtx, { left, lines }: Then): Text[] {
  const crisis = { command: ['community', 'crisis'] as const };
  const names = (some: readonly LocalLine[]) =>
    some.map(
      ({ country, shipped, facts }) =>
        `${facts?.name ?? crisisLines.find(({ id }) => id === shipped)?.name ?? ''} (${countryName(country, ctx.language)})`,
    );
  const say = (key: LinesKey, some: readonly LocalLine[]): Text[] =>
    some.length === 0 ? [] : [ctx.rich<Span & object>(key, { crisis, names: names(some).join(', ') })];
  return [
    ...(left.length === 0 ? [] : [ctx.t('link.left.settings', { names: left.map((name) => settingOf(ctx, name)).join(' · ') })]),
    ...say('link.lines.carried', lines.carried),
    ...say('link.lines.left', lines.left),
    ...say('link.lines.unhidden', lines.unhidden),
  ];
}

/** What the last tap will do. */
async function preview(ctx: AppCtx, code: string): Promise<Reply> {
  const { staying, platform, people, then } = await ctx.joins.look(code);
  const text = ctx.t('link.preview.title', { platform });
  const roles = { command: ['community', 'roles'] as const };
  const blocks: Block<Tap>[] = [
    { kind: 'text', text },
    { kind: 'facts', facts: placeFacts(ctx, staying) },
    {
      kind: 'list',
      items: [
        ctx.t('link.preview.settings'),
        ...losses(ctx, then),
        ctx.t('link.preview.people', { count: people }),
        ctx.t('link.preview.same'),
        ctx.rich<Span & object>('link.preview.roles', { roles }),
        ctx.t('link.preview.good'),
      ],
    },
    { kind: 'note', text: ctx.t('link.preview.nothing') },
    {
      kind: 'buttons',
      buttons: [
        {
          label: ctx.t('link.preview.join'),
          style: 'danger',
          act: { path: ['community', 'join'], input: { code }, does: 'edit' },
        },
      ],
    },
  ];
  return { summary: text, blocks };
}

/** Makes a Discord server and a Slack workspace one community: a code here, typed over there. */
export const communityLink = defineCommand({
  path: ['community', 'link'],
  role: 'admin',
  reply: 'private',
  params: { code: param.text({ shown: 'asked', max: 40 }) },
  run: ({ code }, ctx) => (code === undefined ? offer(ctx) : preview(ctx, code)),
});

const communityJoin = defineCommand({
  path: ['community', 'join'],
  role: 'admin',
  reply: 'private',
  hidden: true,
  params: { code: param.ref({ required: true, max: 40 }) },
  async run({ code }, ctx) {
    const { platform, then } = await ctx.joins.now(code);
    const became = losses(ctx, then);
    return said(ctx.t('link.done', { platform }), [
      ...(became.length > 0 ? [{ kind: 'list' as const, items: became }] : []),
      { kind: 'note', text: ctx.rich<Span & object>('link.next', { roles: { command: ['community', 'roles'] } }) },
    ]);
  },
});

export const linkTaps = [communityJoin];
