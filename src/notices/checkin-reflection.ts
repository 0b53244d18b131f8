import { deferPast } from '../core/checkins/quiet-hours.js';
import { REFLECTION, sundaysAround } from '../core/checkins/reflection.js';
import { dateOf, instant, quietOf } from '../core/checkins/schedules/kept.js';
import { platformsOf } from '../core/members/reach.js';
import { zoneOf } from '../core/members/zone.js';
import type { World } from '../core/scope.js';
import type { DueRow, Kind, NewDelivery, Tx } from '../schedule/kinds.js';
import { noticeTo } from './context.js';

/** Milliseconds after which Sunday evening is over, also for somebody who moved to another zone meanwhile. */
const WINDOW = 12 * 60 * 60_000;

/** Offers a look back on Sunday evening to members who want it. What is in it opens on a tap. */
export function checkInReflection(world: World): Kind {
  return {
    async due(rows: readonly DueRow[], tx: Tx, now: Date) {
      const members = await tx.member.findMany({
        where: { id: { in: rows.map(({ subjectId }) => subjectId) }, reflection: true },
        include: { community: { select: { zone: true } } },
      });
      const platforms = await platformsOf(
        tx,
        members.map(({ id }) => id),
      );
      const deliveries: NewDelivery[] = [];
      const following = new Map<string, Date | null>();
      for (const row of rows) {
        const member = members.find(({ id }) => id === row.subjectId);
        const platform = member && platforms.get(member.id);
        if (!member || !platform) {
          following.set(row.id, null);
          continue;
        }
        const zone = zoneOf(member, member.community);
        const { last, next, lastDay } = sundaysAround(now, zone);
        const expiresAt = new Date(last.getTime() + WINDOW);
        const from = dateOf(deferPast(quietOf(member), instant(now), zone));
        const isLater = from > now && from < expiresAt;
        following.set(row.id, isLater ? from : next);
        if (from > now || now >= expiresAt) continue;
        const once = `${REFLECTION} ${member.id} ${lastDay}`;
        const { communityId } = member;
        deliveries.push({
          communityId,
          kind: REFLECTION,
          subjectId: member.id,
          memberId: member.id,
          platform,
          once,
          dueAt: last,
          expiresAt,
        });
      }
      return { deliveries, next: following };
    },

    async render(delivery, now) {
      const ctx = await noticeTo(world, delivery, now);
      const member = ctx && (await ctx.scope.db.member.findFirst({ where: { id: delivery.subjectId, reflection: true } }));
      if (!ctx || !member) return { drop: 'over' };
      const text = ctx.t('look.sunday');
      return {
        to: ctx.to,
        reply: {
          summary: text,
          blocks: [
            { kind: 'text', text },
            {
              kind: 'buttons',
              buttons: [
                { label: ctx.t('look.open'), style: 'primary', act: { path: ['checkin', 'week'] } },
                { label: ctx.t('look.noMore'), act: { path: ['checkin', 'weekly'], input: { wanted: 'no' }, does: 'edit' } },
              ],
            },
          ],
        },
      };
    },
  };
}
