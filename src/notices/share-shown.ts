import { recipientName } from '../core/checkins/missed/plan.js';
import { deferPast } from '../core/checkins/quiet-hours.js';
import { dateOf, instant, quietOf } from '../core/checkins/schedules/kept.js';
import { platformsOf } from '../core/members/reach.js';
import { zoneOf } from '../core/members/zone.js';
import { SHOWN } from '../core/pairing/shares.js';
import type { World } from '../core/scope.js';
import type { Kind, NewDelivery } from '../schedule/kinds.js';
import { noticeTo } from './context.js';
import { discreet } from './session-rsvp.js';

const WITHIN = 3 * 24 * 3_600_000;

/** A mentor is told, once, that there is something to look at; not what. The subject is the consent to it. */
export const shareShown = (world: World): Kind => ({
  async due(rows, tx, now) {
    const consents = await tx.consent.findMany({
      where: { id: { in: rows.map(({ subjectId }) => subjectId) }, revokedAt: null },
    });
    const mentors = new Map(consents.map(({ id, recipient }) => [id, recipient.slice(recipientName('').length)]));
    const ids = [...mentors.values()];
    const platforms = await platformsOf(tx, ids);
    const members = await tx.member.findMany({ where: { id: { in: ids } }, include: { community: { select: { zone: true } } } });
    const deliveries: NewDelivery[] = [];
    const next = new Map<string, Date | null>();
    for (const { id, communityId, subjectId, dueAt } of rows) {
      const member = members.find((one) => one.id === mentors.get(subjectId));
      const platform = member && platforms.get(member.id);
      next.set(id, null);
      if (!member || !platform) continue;
      const from = dateOf(deferPast(quietOf(member), instant(now), zoneOf(member, member.community)));
      if (from > now) {
        next.set(id, from);
        continue;
      }
      const expiresAt = new Date(now.getTime() + WITHIN);
      const once = `${SHOWN}:${subjectId}`;
      deliveries.push({ communityId, kind: SHOWN, subjectId, memberId: member.id, platform, once, dueAt, expiresAt });
    }
    return { deliveries, next };
  },
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    if (!ctx) return { drop: 'gone' };
    const recipient = recipientName(ctx.scope.member.id);
    const consent = await ctx.scope.db.consent.findFirst({ where: { id: delivery.subjectId, recipient, revokedAt: null } });
    if (!consent) return { drop: 'withdrawn' };
    return discreet(ctx, ctx.t('share.told.summary'), ctx.t('share.told.text'), [
      { label: ctx.t('share.told.look'), style: 'primary', act: { path: ['mentor', 'mentees'] } },
    ]);
  },
});
