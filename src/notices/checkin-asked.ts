import { askKey } from '../core/checkins/missed/asks.js';
import { ASKING } from '../core/checkins/missed/plan.js';
import { requestsTo } from '../core/checkins/missed/recipient.js';
import { accountOf } from '../core/members/behind.js';
import { platformsOf } from '../core/members/reach.js';
import type { World } from '../core/scope.js';
import type { Delivery, DueRow, Kind, NewDelivery, Rendered, Tx } from '../schedule/kinds.js';
import { noticeTo } from './context.js';

/** Milliseconds after which somebody is no longer asked. */
const WINDOW = 7 * 24 * 60 * 60_000;

/** Asks a recipient, once, whether they want to be one, in the words that the plan has by then. The subject is the ask. */
export function checkInAsked(world: World): Kind {
  return {
    async due(rows: readonly DueRow[], tx: Tx, now: Date) {
      const asks = await tx.missedAsk.findMany({ where: { id: { in: rows.map(({ subjectId }) => subjectId) } } });
      const platforms = await platformsOf(
        tx,
        asks.map(({ recipientId }) => recipientId),
      );
      const expiresAt = new Date(now.getTime() + WINDOW);
      const deliveries = asks.flatMap((ask): NewDelivery[] => {
        const { id: subjectId, communityId, recipientId: memberId } = ask;
        const platform = platforms.get(memberId);
        if (!platform) return [];
        return [{ communityId, kind: ASKING, subjectId, memberId, platform, once: askKey(ask), dueAt: now, expiresAt }];
      });
      return { deliveries, next: new Map(rows.map(({ id }) => [id, null])) };
    },

    async render(delivery: Delivery, now: Date): Promise<Rendered> {
      const ctx = await noticeTo(world, delivery, now);
      if (!ctx) return { drop: 'gone' };
      const ask = await ctx.scope.db.missedAsk.findFirst({ where: { id: delivery.subjectId, declinedAt: null } });
      const request = ask && (await requestsTo(ctx.scope)).find(({ authorId }) => authorId === ask.memberId);
      if (!request || request.isAccepted) return { drop: 'over' };
      const account = await accountOf(ctx.scope.db, request.authorId, delivery.platform);
      const from = account === undefined ? ctx.t('plan.somebody') : { mention: account };
      const answer = (say: 'yes' | 'no') => ({
        path: ['checkin', 'plan-answer'] as const,
        input: { plan: request.planId, say, agreement: request.agreement },
        does: 'edit' as const,
      });
      return {
        to: ctx.to,
        reply: {
          summary: ctx.t('plan.asked.summary'),
          blocks: [
            { kind: 'text', text: ctx.rich('plan.asked.from', { from }) },
            { kind: 'list', items: request.words },
            { kind: 'text', text: ctx.t('plan.asked.what') },
            { kind: 'note', text: ctx.t('plan.asked.free') },
            {
              kind: 'buttons',
              buttons: [
                { label: ctx.t('plan.asked.yes'), style: 'primary', act: answer('yes') },
                { label: ctx.t('plan.asked.no'), act: answer('no') },
              ],
            },
          ],
        },
      };
    },
  };
}
