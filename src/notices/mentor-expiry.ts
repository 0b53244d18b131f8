import { sayCredential, sayDay } from '../cards/mentor-card.js';
import { platformsOf } from '../core/members/reach.js';
import { dayOfDate, openCredential } from '../core/pairing/credentials.js';
import { expiryTimes } from '../core/pairing/mentor/expiry.js';
import { EXPIRY } from '../core/pairing/mentor/work.js';
import type { World } from '../core/scope.js';
import type { Kind, NewDelivery } from '../schedule/kinds.js';
import { noticeTo } from './context.js';
import { toMember } from './once-each.js';
import { discreet } from './session-rsvp.js';

/** Milliseconds after which it is no news any more. */
const NEWS = 14 * 24 * 3_600_000;

/** A month before a training or certificate ends its owner is warned; once it has, it is shown as they say it themselves. */
export const mentorExpiry = (world: World): Kind => ({
  async due(rows, tx, now) {
    const found = await tx.mentorCredential.findMany({
      where: { id: { in: rows.map(({ subjectId }) => subjectId) } },
      include: { community: { select: { zone: true } }, profile: { select: { memberId: true } } },
    });
    const platforms = await platformsOf(
      tx,
      found.map(({ profile }) => profile.memberId),
    );
    const next = new Map<string, Date>();
    const deliveries = found.flatMap(
      ({ id: subjectId, communityId, expiresOn, verifiedAt, community, profile }): NewDelivery[] => {
        if (!expiresOn) return [];
        const { over } = expiryTimes(expiresOn, community.zone);
        const isOver = now >= over;
        if (!isOver) next.set(subjectId, over);
        if (isOver && !verifiedAt) return [];
        const message = { communityId, kind: EXPIRY, subjectId, dueAt: now, expiresAt: new Date(now.getTime() + NEWS) };
        return toMember(platforms, profile.memberId, { ...message, once: `${EXPIRY}:${subjectId}:${isOver ? 'over' : 'soon'}` });
      },
    );
    return { deliveries, next: new Map(rows.map(({ id, subjectId }) => [id, next.get(subjectId) ?? null])) };
  },
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const row = await ctx?.scope.db.mentorCredential.findFirst({ where: { id: delivery.subjectId } });
    if (!ctx || !row?.expiresOn) return { drop: 'gone' };
    const isOver = now >= expiryTimes(row.expiresOn, ctx.scope.community.zone).over;
    if (isOver !== delivery.once.endsWith(':over')) return { drop: 'over' };
    const view = { id: row.id, code: row.code, ...openCredential(ctx.scope.cipher, row), isVerified: false };
    const values = { what: sayCredential(ctx, view), day: sayDay(ctx, dayOfDate(row.expiresOn)) };
    return discreet(ctx, ctx.t('mentor.notice'), ctx.t(isOver ? 'mentor.expiry.over' : 'mentor.expiry.soon', values), [
      { label: ctx.t('mentor.reconfirm.change'), act: { path: ['mentor', 'volunteer'] } },
    ]);
  },
});
