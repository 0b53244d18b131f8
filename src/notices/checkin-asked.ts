import { ASKING } from '../core/checkins/missed/plan.js';
import { requestsTo } from '../core/checkins/missed/recipient.js';
import { accountOf } from '../core/members/behind.js';
import { platformsOf } from '../core/members/reach.js';
import type { World } from '../core/scope.js';
import type { Delivery, DueRow, Kind, NewDelivery, Rendered, Tx } from '../schedule/kinds.js';
import { noticeTo } from './context.js';

/** Milliseconds after which somebody is no longer asked. */
const WINDOW = 7 * 24 * 60 * 60_000;

/** Asks a recipient, once, whether they want to be one. The subject is the first step that names them. */
export function checkInAsked(world: World): Kind {
  return {
    async due(rows: readonly DueRow[], tx: Tx, now: Date) {
      const steps = await tx.missedStep.findMany({ where: { id: { in: rows.map(({ subjectId }) => subjectId) } } });
      const platforms = await platformsOf(
        tx,
        steps.flatMap(({ recipientId }) => recipientId ?? []),
      );
      const deliveries = steps.flatMap(({ id, communityId, recipientId }): NewDelivery[] => {
        const platform = recipientId && platforms.get(recipientId);
        if (!platform) return [];
        const expiresAt = new Date(now.getTime() + WINDOW);
        return [
          {
            communityId,
            kind: ASKING,
            subjectId: id,
            memberId: recipientId,
            platform,
            once: `${ASKING} ${id}`,
            dueAt: now,
            expiresAt,
          },
        ];
      });
      return { deliveries, next: new Map(rows.map(({ id }) => [id, null])) };
    },

    async render(delivery: Delivery, now: Date): Promise<Rendered> {
      const ctx = await noticeTo(world, delivery, now);
      if (!ctx) return { drop: 'gone' };
      const step = await ctx.scope.db.missedStep.findFirst({ where: { id: delivery.subjectId } });
      const request = step && (await requestsTo(ctx.scope)).find(({ planId }) => planId === step.planId);
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
