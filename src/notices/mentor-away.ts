import type { Span, Tap } from '../chat/index.js';
import { labelsOf } from '../core/communities/labels.js';
import { platformsOf } from '../core/members/reach.js';
import { awayOf, endPauses, helpedBy } from '../core/pairing/mentor/away.js';
import { AWAY, RESUME } from '../core/pairing/mentor/work.js';
import type { World } from '../core/scope.js';
import type { MentorProfile } from '../db/generated/client.js';
import type { Kind, NewDelivery, Tx } from '../schedule/kinds.js';
import { noticeTo } from './context.js';
import { nothingNext, toMember } from './once-each.js';
import { discreet } from './session-rsvp.js';

/** Milliseconds after which it is no news any more. */
const NEWS = 7 * 24 * 3_600_000;

/** One message to everybody whom these mentors help. */
async function toHelped(tx: Tx, profiles: readonly MentorProfile[], isBack: boolean, now: Date): Promise<NewDelivery[]> {
  const pairings = await helpedBy(tx, profiles);
  const platforms = await platformsOf(
    tx,
    pairings.map(({ menteeId }) => menteeId),
  );
  const common = { kind: AWAY, dueAt: now, expiresAt: new Date(now.getTime() + NEWS) };
  return pairings.flatMap(({ id: subjectId, communityId, menteeId }) => {
    const once = `${AWAY}:${isBack ? 'back' : 'away'}:${subjectId}:${now.getTime()}`;
    return toMember(platforms, menteeId, { ...common, communityId, subjectId, once });
  });
}

/** Whom a mentor helps hears that they take time, or are there again, and how to have somebody meanwhile. Never why. */
export const mentorAway = (world: World): Kind => ({
  async due(rows, tx, now) {
    const profiles = await tx.mentorProfile.findMany({ where: { id: { in: rows.map(({ subjectId }) => subjectId) } } });
    const [away, back] = [profiles.filter(({ toldAt }) => toldAt), profiles.filter(({ toldAt }) => !toldAt)];
    const deliveries = [...(await toHelped(tx, away, false, now)), ...(await toHelped(tx, back, true, now))];
    return { deliveries, next: nothingNext(rows) };
  },
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const is = ctx && (await awayOf(ctx.scope.db, delivery.subjectId));
    if (!ctx || !is || !delivery.once.startsWith(`${AWAY}:${is}:`)) return { drop: 'over' };
    const { sponsor: word } = await labelsOf(ctx.scope);
    if (is === 'back') return discreet(ctx, ctx.t('mentor.notice'), ctx.t('mentor.away.back', { word }), []);
    const text = ctx.rich<Span & object>('mentor.away.text', {
      word,
      support: { command: ['support', 'now'] },
      crisis: { command: ['crisis'] },
      request: { command: ['sponsor', 'request'] },
    });
    const other: Tap = { path: ['sponsor', 'request'], does: 'form' };
    return discreet(ctx, ctx.t('mentor.notice'), text, [
      { label: ctx.t('mentor.away.now'), style: 'primary', act: { path: ['support', 'now'] } },
      { label: ctx.t('mentor.away.other'), act: other },
    ]);
  },
});

/** A pause that had an end is over: kindly said to the mentor, before anybody new comes to them. */
export const mentorResume = (world: World): Kind => ({
  async due(rows, tx, now) {
    const { ended, later } = await endPauses(
      tx,
      rows.map(({ subjectId }) => subjectId),
      now,
    );
    const platforms = await platformsOf(
      tx,
      ended.map(({ memberId }) => memberId),
    );
    const back = ended.filter(({ toldAt }) => toldAt);
    const common = { kind: RESUME, dueAt: now, expiresAt: new Date(now.getTime() + NEWS) };
    const notes = ended.flatMap(({ id: subjectId, communityId, memberId, pausedUntil }) => {
      const once = `${RESUME}:${subjectId}:${pausedUntil?.getTime()}`;
      return toMember(platforms, memberId, { ...common, communityId, subjectId, once });
    });
    return {
      deliveries: [...notes, ...(await toHelped(tx, back, true, now))],
      next: new Map(rows.map(({ id, subjectId }) => [id, later.get(subjectId) ?? null])),
    };
  },
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const profile = await ctx?.scope.db.mentorProfile.findFirst({ where: { id: delivery.subjectId } });
    if (!ctx || !profile || profile.pausedUntil || profile.endedAt) return { drop: 'over' };
    return discreet(ctx, ctx.t('mentor.notice'), ctx.t('mentor.away.over'), [
      { label: ctx.t('mentor.away.longer'), act: { path: ['mentor', 'pause'], does: 'form' } },
      { label: ctx.t('mentor.reconfirm.change'), act: { path: ['mentor', 'volunteer'] } },
    ]);
  },
});
