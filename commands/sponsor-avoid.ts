import { type Block, param, type Reply, type Span, type Tap, UserError } from '../src/chat/index.js';
import { keepApart, myBlocks, unblock } from '../src/core/members/apart.js';
import { accountOf, memberBehind } from '../src/core/members/behind.js';
import { type AppCtx, defineCommand, defineUnheldCommand, tapped } from './define.js';

async function list(ctx: AppCtx): Promise<Reply> {
  const { db } = ctx.scope;
  const title = ctx.t('sponsor.avoid.title');
  const blocks = await Promise.all(
    (await myBlocks(ctx.scope)).map(async (member): Promise<Block<Tap>[]> => {
      const account = await accountOf(db, member, ctx.platform);
      return [
        { kind: 'text', text: account === undefined ? ctx.t('sponsor.report.elsewhere') : [{ mention: account }] },
        {
          kind: 'buttons',
          buttons: [
            { label: ctx.t('sponsor.avoid.undo'), act: { path: ['sponsor', 'avoid-undo'], input: { member }, does: 'edit' } },
          ],
        },
      ];
    }),
  );
  return {
    summary: title,
    blocks: [
      { kind: 'heading', text: title },
      ...(blocks.length > 0 ? blocks.flat() : [{ kind: 'text' as const, text: ctx.t('sponsor.avoid.nobody') }]),
      { kind: 'note', text: ctx.rich<Span & object>('sponsor.avoid.how', { report: { command: ['sponsor', 'report'] } }) },
    ],
  };
}

/** Whom the reader is not to be brought together with, in either direction. Nobody else sees it. */
export const sponsorAvoid = defineUnheldCommand({
  path: ['sponsor', 'avoid'],
  role: 'anyone',
  reply: 'private',
  params: { who: param.member({}) },
  async run({ who }, ctx) {
    const { db } = ctx.scope;
    if (who === undefined) return list(ctx);
    if (who === ctx.user.id) throw new UserError('sponsor.avoid.self');
    const { id } = await memberBehind(db, { platform: ctx.platform, userId: who }, ctx.scope.now);
    await db.transact((tx) => keepApart(tx, ctx.scope, id));
    return list(ctx);
  },
});

const avoidUndo = defineCommand({
  path: ['sponsor', 'avoid-undo'],
  ...tapped,
  params: { member: param.ref({ required: true }) },
  async run({ member }, ctx) {
    await unblock(ctx.scope, member);
    return list(ctx);
  },
});

export const sponsorAvoidTaps = [avoidUndo];
