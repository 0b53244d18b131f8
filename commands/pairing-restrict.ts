import { type Block, param, type Reply, type Span, type Tap, UserError } from '../src/chat/index.js';
import { accountOf, memberNamed } from '../src/core/members/behind.js';
import { MOST_REASON, restrict } from '../src/core/pairing/restrict.js';
import { liftRestriction, type RestrictionShown, restrictions } from '../src/core/pairing/restrictions.js';
import { type AppCtx, defineCommand } from './define.js';
import { said } from './said.js';
import { moment } from './schedule-words.js';

const formButton = (ctx: AppCtx, input?: Tap['input']): Block<Tap> => ({
  kind: 'buttons',
  buttons: [
    {
      label: ctx.t('sponsor.restrict.add'),
      act: { path: ['pairing', 'restrict'], does: 'form', ...(input && { input }) },
    },
  ],
});

async function oneBlocks(ctx: AppCtx, { id, memberId, kind, until, reason }: RestrictionShown): Promise<Block<Tap>[]> {
  const account = await accountOf(ctx.scope.db, memberId, ctx.platform);
  const who = account === undefined ? ctx.t('sponsor.report.elsewhere') : { mention: account };
  return [
    { kind: 'text', text: ctx.rich<Span & object>(`sponsor.restrict.one.${kind}`, { who, when: moment(ctx, until) }) },
    { kind: 'list', items: [reason] },
    {
      kind: 'buttons',
      buttons: [
        {
          label: ctx.t('sponsor.restrict.lift'),
          act: { path: ['pairing', 'restrict-lift'], input: { id }, does: 'edit' },
        },
      ],
    },
  ];
}

async function list(ctx: AppCtx, first?: string): Promise<Reply> {
  const title = ctx.t('sponsor.restrict.title');
  const each = await Promise.all((await restrictions(ctx.scope)).map((one) => oneBlocks(ctx, one)));
  return {
    summary: title,
    blocks: [
      { kind: 'heading', text: title },
      ...(first === undefined ? [] : [{ kind: 'text' as const, text: first }]),
      ...(each.length > 0 ? each.flat() : [{ kind: 'text' as const, text: ctx.t('sponsor.restrict.nobody') }]),
      formButton(ctx),
      { kind: 'note', text: ctx.t('sponsor.restrict.how') },
    ],
  };
}

/** Facilitators keep a member from asking for somebody or from volunteering, for a time, and nobody else hears of it. */
export const pairingRestrict = defineCommand({
  path: ['pairing', 'restrict'],
  role: 'facilitator',
  reply: 'private',
  params: {
    who: param.member({}),
    what: param.choice(['ask', 'volunteer', 'both'], {}),
    until: param.when({}),
    why: param.long({ shown: 'team', max: MOST_REASON }),
  },
  async run({ who, what, until, why }, ctx) {
    if ([who, what, until, why].every((one) => one === undefined)) return list(ctx);
    if (who === undefined || what === undefined || until === undefined || why === undefined)
      return said(ctx.t('sponsor.restrict.all'), [formButton(ctx, { who, what, why })]);
    const at = until.at(ctx.scope.member.zone, ctx.now, true)?.instant;
    if (!at) throw new UserError('chat.problems.when');
    const { id: memberId } = await memberNamed(ctx.scope, { platform: ctx.platform, userId: who });
    const kinds = what === 'both' ? (['ask', 'volunteer'] as const) : [what];
    await restrict(ctx.scope, { memberId, kinds, until: at, reason: why });
    return list(ctx, ctx.t('sponsor.restrict.done'));
  },
});

const restrictLift = defineCommand({
  path: ['pairing', 'restrict-lift'],
  role: 'facilitator',
  reply: 'private',
  hidden: true,
  params: { id: param.ref({ required: true }) },
  async run({ id }, ctx) {
    await liftRestriction(ctx.scope, id);
    return list(ctx, ctx.t('sponsor.restrict.lifted'));
  },
});

export const pairingRestrictTaps = [restrictLift];
