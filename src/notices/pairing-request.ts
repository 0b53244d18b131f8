import type { Span, Tap } from '../chat/index.js';
import { lookAtRequests, notReached } from '../core/pairing/look.js';
import { type NUDGE, OFFER, WORD } from '../core/pairing/work.js';
import type { World } from '../core/scope.js';
import type { Kind } from '../schedule/kinds.js';
import { noticeTo } from './context.js';
import { dueTo } from './due-to.js';
import { at, discreet } from './session-rsvp.js';

/** Milliseconds after which word of how a request stands is no news any more: the next one comes by then. */
const NEWS_WITHIN = 3 * 24 * 3_600_000;

/** A request's time has come. */
export const pairingRequest = (world: World): Kind => ({
  async due(rows, tx, now) {
    const next = await lookAtRequests(tx, world.cipher, rows, now);
    return { deliveries: [], next: new Map(rows.map(({ id, subjectId }) => [id, next.get(subjectId) ?? null])) };
  },
});

/** Something is new for who asked. What it is opens on a tap, as it is by then. */
export const pairingWord = (world: World): Kind => ({
  due: dueTo(WORD, async (ids, tx, now) => {
    const rows = await tx.pairingRequest.findMany({ where: { id: { in: [...ids] } }, select: { id: true, memberId: true } });
    const expiresAt = new Date(now.getTime() + NEWS_WITHIN);
    return rows.map(({ id: subjectId, memberId }) => ({ subjectId, memberId, expiresAt }));
  }),
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const request = await ctx?.scope.db.pairingRequest.findFirst({ where: { id: delivery.subjectId }, select: { state: true } });
    if (!ctx || !request) return { drop: 'gone' };
    if (request.state === 'withdrawn' || request.state === 'paired') return { drop: 'over' };
    const see: Tap = { path: ['sponsor', 'status'] };
    return discreet(ctx, ctx.t('sponsor.told.summary'), ctx.t('sponsor.told.word'), [
      { label: ctx.t('sponsor.see'), style: 'primary', act: see },
    ]);
  },
});

/** Asks a mentor, and reminds them once. The message says nothing of what it is about. */
export const pairingOffer = (world: World, kind: typeof OFFER | typeof NUDGE): Kind => ({
  due: dueTo(kind, async (ids, tx) => {
    const rows = await tx.pairingOffer.findMany({ where: { id: { in: [...ids] }, state: 'open' } });
    return rows.map(({ id: subjectId, mentorId: memberId, deadline: expiresAt }) => ({ subjectId, memberId, expiresAt }));
  }),
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const offer = await ctx?.scope.db.pairingOffer.findFirst({ where: { id: delivery.subjectId } });
    if (!ctx || !offer) return { drop: 'gone' };
    if (offer.state !== 'open' || offer.deadline <= now) return { drop: 'over' };
    // Who pauses is not asked, also before the request is looked at again, which the pause had planned.
    const paused = { memberId: offer.mentorId, pausedUntil: { gt: now } };
    if ((await ctx.scope.db.mentorProfile.count({ where: paused })) > 0) return { drop: 'over' };
    const look: Tap = { path: ['mentor', 'offer'], input: { offer: offer.id } };
    const text = ctx.rich<Span & object>(`sponsor.told.${kind === OFFER ? 'offer' : 'nudge'}`, {
      until: at(ctx, offer.deadline),
    });
    return discreet(ctx, ctx.t('sponsor.told.summary'), text, [{ label: ctx.t('sponsor.see'), style: 'primary', act: look }]);
  },
  async failed(delivery, { reason }, tx, now) {
    if (kind === OFFER && reason !== 'over') await notReached(tx, world.cipher, delivery, now);
    return undefined;
  },
});
