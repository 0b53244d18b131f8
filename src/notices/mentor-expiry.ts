import { sayCredential, sayDay } from '../cards/mentor-card.js';
import type { Button, Tap } from '../chat/index.js';
import { platformsOf } from '../core/members/reach.js';
import { dayOfDate, openCredential } from '../core/pairing/credentials.js';
import { expiryTimes } from '../core/pairing/mentor/expiry.js';
import { EXPIRY, UNSEEN } from '../core/pairing/mentor/work.js';
import type { World } from '../core/scope.js';
import type { MentorCredential } from '../db/generated/client.js';
import type { Kind, NewDelivery } from '../schedule/kinds.js';
import { type NoticeCtx, noticeTo } from './context.js';
import { dueTo } from './due-to.js';
import { toMember } from './once-each.js';
import { discreet } from './session-rsvp.js';

/** Milliseconds after which it is no news any more. */
const NEWS = 14 * 24 * 3_600_000;

const named = (ctx: NoticeCtx, row: MentorCredential): string =>
  sayCredential(ctx, { id: row.id, code: row.code, ...openCredential(ctx.scope.cipher, row), isVerified: false });

const change = (ctx: NoticeCtx): Button<Tap> => ({
  label: ctx.t('mentor.reconfirm.change'),
  act: { path: ['mentor', 'volunteer'] },
});

/** It counts as said again, and its owner hears that from us rather than from an asker. */
export const mentorUnseen = (world: World): Kind => ({
  due: dueTo(UNSEEN, async (ids, tx, now) => {
    const where = { id: { in: [...ids] }, verifiedAt: null };
    const found = await tx.mentorCredential.findMany({ where, include: { profile: { select: { memberId: true } } } });
    const expiresAt = new Date(now.getTime() + NEWS);
    return found.map(({ id: subjectId, profile: { memberId } }) => ({ subjectId, memberId, expiresAt }));
  }),
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const row = await ctx?.scope.db.mentorCredential.findFirst({ where: { id: delivery.subjectId } });
    if (!ctx || !row || row.verifiedAt) return { drop: 'over' };
    return discreet(ctx, ctx.t('mentor.notice'), ctx.t('mentor.unseen', { what: named(ctx, row) }), [change(ctx)]);
  },
});

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
    const values = { what: named(ctx, row), day: sayDay(ctx, dayOfDate(row.expiresOn)) };
    return discreet(ctx, ctx.t('mentor.notice'), ctx.t(isOver ? 'mentor.expiry.over' : 'mentor.expiry.soon', values), [
      change(ctx),
    ]);
  },
});
