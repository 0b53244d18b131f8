import { askButton, whoIsThere } from '../src/cards/someone-now.js';
import { type Block, param, type Span, type Tap, type Text, UserError } from '../src/chat/index.js';
import { languageName } from '../src/core/meetings/languages.js';
import { type Listed, roster } from '../src/core/support/oncall/listed.js';
import { takeOff } from '../src/core/support/oncall/remove.js';
import { type AppCtx, defineUnheldCommand, tappedByRole } from './define.js';
import { said } from './said.js';

/** As many as a platform lets a list of buttons hold. */
const MOST_BUTTONS = 20;

const and = (ctx: AppCtx, items: readonly string[]) => new Intl.ListFormat(ctx.language, { type: 'conjunction' }).format(items);
const spoken = (ctx: AppCtx, languages: readonly string[]) =>
  and(
    ctx,
    languages.map((code) => languageName(code, ctx.language)),
  );

const who = (ctx: AppCtx, { account }: Listed): Span =>
  account === undefined ? ctx.t('support.roster.elsewhere') : { mention: account };

function names(ctx: AppCtx, named: readonly Listed[]): Block<Tap>[] {
  if (named.length === 0) return [];
  const isCoordinator = ctx.scope.roles.has('coordinator');
  const number = (at: number) => (isCoordinator ? `${at + 1}. ` : '');
  const items = named.map((one, at): Text => [number(at), who(ctx, one), ` · ${spoken(ctx, one.languages)}`]);
  return [
    { kind: 'text', text: ctx.t(isCoordinator ? 'support.roster.all' : 'support.roster.named') },
    { kind: 'list', items },
  ];
}

/** Coordinators may take somebody off: by the place in the list, because a button cannot show a mention. */
function removal(ctx: AppCtx, named: readonly Listed[]): Block<Tap>[] {
  if (!ctx.scope.roles.has('coordinator') || named.length === 0) return [];
  const buttons = named.slice(0, MOST_BUTTONS).map(({ memberId }, at) => ({
    label: ctx.t('support.roster.takeOff', { number: at + 1 }),
    act: { path: ['support', 'off'] as const, input: { member: memberId } },
  }));
  return [{ kind: 'buttons', buttons }];
}

const supportRoster = defineUnheldCommand({
  path: ['support', 'roster'],
  role: 'anyone',
  reply: 'private',
  asksRoles: true,
  params: {},
  async run(_args, ctx) {
    const { availability, count, named } = await roster(ctx.scope, ctx.platform);
    const { languages } = availability;
    return {
      summary: ctx.t('support.roster.title'),
      blocks: [
        { kind: 'heading', text: ctx.t('support.roster.title') },
        { kind: 'text', text: ctx.t('support.roster.count', { count }) },
        whoIsThere({ ...ctx, zone: ctx.scope.member.zone }, availability),
        ...(languages.length > 0
          ? [{ kind: 'text' as const, text: ctx.t('support.roster.languages', { languages: spoken(ctx, languages) }) }]
          : []),
        ...names(ctx, named),
        ...removal(ctx, named),
        { kind: 'note', text: ctx.t('support.roster.noHours') },
        {
          kind: 'buttons',
          buttons: [askButton(ctx), { label: ctx.t('support.roster.mine'), act: { path: ['support', 'oncall'] } }],
        },
      ],
    };
  },
});

const supportOff = defineUnheldCommand({
  path: ['support', 'off'],
  ...tappedByRole,
  params: { member: param.ref({ required: true }) },
  async run({ member }, ctx) {
    if (!ctx.scope.roles.has('coordinator')) throw new UserError('support.roster.notYours');
    await takeOff(ctx.scope, member);
    return said(ctx.t('support.roster.off'));
  },
});

export { supportRoster };
export const supportRosterTaps = [supportOff];
