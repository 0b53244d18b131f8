import { type Block, param, type Reply, type Span, type Tap, type Text, UserError } from '../src/chat/index.js';
import { accountOf, memberNamed } from '../src/core/members/behind.js';
import { answerHandover } from '../src/core/pairing/handover/answer.js';
import { askHandover, type Helped, helpedByMe, keepThem } from '../src/core/pairing/handover/ask.js';
import { type AppCtx, defineCommand, tapped } from './define.js';
import { said } from './said.js';

const ALL = 'all';

async function line(ctx: AppCtx, { pairing, isAsked }: Helped, nth: number): Promise<Text> {
  const account = await accountOf(ctx.scope.db, pairing.menteeId, ctx.platform);
  const who: Span = account === undefined ? ctx.t('session.somebody') : { mention: account };
  return [`${nth}. `, who, ...(isAsked ? [` (${ctx.t('handover.isAsked')})`] : [])];
}

const keepButton = (ctx: AppCtx): Block<Tap> => ({
  kind: 'buttons',
  buttons: [{ label: ctx.t('handover.keep'), act: { path: ['mentor', 'keep'], does: 'edit' } }],
});

/** Whom they help, and about whom the colleague should be asked. */
async function choose(ctx: AppCtx, to: string, colleague: string): Promise<Reply> {
  const helped = await helpedByMe(ctx.scope);
  if (helped.length === 0) return said(ctx.t('handover.nobody'));
  const free = helped.filter(({ isAsked }) => !isAsked);
  const numbered = helped.flatMap(({ pairing, isAsked }, i) =>
    isAsked ? [] : [{ value: pairing.id, label: ctx.t('handover.nth', { nth: i + 1 }) }],
  );
  const options = [...(free.length > 1 ? [{ value: ALL, label: ctx.t('handover.all') }] : []), ...numbered];
  return {
    summary: ctx.t('handover.title'),
    blocks: [
      { kind: 'text', text: ctx.rich<Span & object>('handover.choose', { who: { mention: colleague } }) },
      { kind: 'list', items: await Promise.all(helped.map((some, i) => line(ctx, some, i + 1))) },
      { kind: 'note', text: ctx.t('handover.how') },
      ...(options.length === 0
        ? []
        : [
            {
              kind: 'select' as const,
              placeholder: ctx.t('handover.whom'),
              act: { path: ['mentor', 'hand'] as const, input: { to }, does: 'edit' as const },
              param: 'which',
              options,
            },
          ]),
      ...(free.length < helped.length ? [keepButton(ctx)] : []),
    ],
  };
}

export const mentorHandover = defineCommand({
  path: ['mentor', 'handover'],
  role: 'anyone',
  reply: 'private',
  params: { to: param.member({ required: true }) },
  async run({ to: userId }, ctx) {
    const colleague = await memberNamed(ctx.scope, { platform: ctx.platform, userId });
    if (colleague.id === ctx.scope.member.id) throw new UserError('handover.oneself');
    return choose(ctx, colleague.id, userId);
  },
});

const mentorHand = defineCommand({
  path: ['mentor', 'hand'],
  counts: 'reach',
  ...tapped,
  params: { to: param.ref({ required: true }), which: param.ref({ required: true }) },
  async run({ to, which }, ctx) {
    const all = (await helpedByMe(ctx.scope)).map(({ pairing }) => pairing.id);
    const count = await askHandover(ctx.scope, to, which === ALL ? all : [which]);
    if (count === 0) throw new UserError('handover.over');
    return said(ctx.t('handover.asked', { count }), [keepButton(ctx)]);
  },
});

const mentorKeep = defineCommand({
  path: ['mentor', 'keep'],
  ...tapped,
  params: {},
  async run(_args, ctx) {
    await keepThem(ctx.scope);
    return said(ctx.t('handover.kept'));
  },
});

/** The answer of the colleague, or of the mentee. */
const mentorTakeover = defineCommand({
  path: ['mentor', 'takeover'],
  ...tapped,
  params: { handover: param.ref({ required: true }), say: param.pressed(['yes', 'no']) },
  run: async ({ handover, say }, ctx) => said(ctx.t(`handover.answered.${await answerHandover(ctx.scope, handover, say)}`)),
});

export const handoverTaps = [mentorHand, mentorKeep, mentorTakeover];
