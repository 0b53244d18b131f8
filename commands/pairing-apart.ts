import { type Block, param, type Reply, type Span, type Tap, UserError } from '../src/chat/index.js';
import { accountOf, memberNamed } from '../src/core/members/behind.js';
import { type Apart, keepTwoApart, keptApart } from '../src/core/pairing/keep-apart.js';
import { type AppCtx, defineCommand, defineUnheldCommand } from './define.js';

async function pairBlocks(ctx: AppCtx, [one, other]: Apart): Promise<Block<Tap>[]> {
  const name = async (memberId: string) => {
    const account = await accountOf(ctx.scope.db, memberId, ctx.platform);
    return account === undefined ? ctx.t('sponsor.report.elsewhere') : { mention: account };
  };
  const who = { one: await name(one), other: await name(other) };
  const act: Tap = { path: ['pairing', 'apart-undo'], input: { one, other }, does: 'edit' };
  return [
    { kind: 'text', text: ctx.rich<Span & object>('sponsor.apart.pair', who) },
    { kind: 'buttons', buttons: [{ label: ctx.t('sponsor.apart.undo'), act }] },
  ];
}

async function list(ctx: AppCtx, first?: string): Promise<Reply> {
  const title = ctx.t('sponsor.apart.title');
  const each = await Promise.all((await keptApart(ctx.scope)).map((pair) => pairBlocks(ctx, pair)));
  return {
    summary: title,
    blocks: [
      { kind: 'heading', text: title },
      ...(first === undefined ? [] : [{ kind: 'text' as const, text: first }]),
      ...(each.length > 0 ? each.flat() : [{ kind: 'text' as const, text: ctx.t('sponsor.apart.nobody') }]),
      { kind: 'note', text: ctx.t('sponsor.apart.how') },
    ],
  };
}

/** Facilitators keep two members apart, whatever the two said themselves. */
export const pairingApart = defineUnheldCommand({
  path: ['pairing', 'apart'],
  role: 'facilitator',
  reply: 'private',
  params: { one: param.member({}), other: param.member({}) },
  async run({ one, other }, ctx) {
    if (one === undefined && other === undefined) return list(ctx);
    if (one === undefined || other === undefined) throw new UserError('sponsor.apart.same');
    const [first, second] = [
      await memberNamed(ctx.scope, { platform: ctx.platform, userId: one }),
      await memberNamed(ctx.scope, { platform: ctx.platform, userId: other }),
    ];
    await keepTwoApart(ctx.scope, [first.id, second.id], true);
    return list(ctx, ctx.t('sponsor.apart.done'));
  },
});

const apartUndo = defineCommand({
  path: ['pairing', 'apart-undo'],
  role: 'facilitator',
  reply: 'private',
  hidden: true,
  params: { one: param.ref({ required: true }), other: param.ref({ required: true }) },
  async run({ one, other }, ctx) {
    await keepTwoApart(ctx.scope, [one, other], false);
    return list(ctx);
  },
});

export const pairingApartTaps = [apartUndo];
