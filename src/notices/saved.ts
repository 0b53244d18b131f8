import { deferPast } from '../core/checkins/quiet-hours.js';
import { dateOf, instant, quietOf } from '../core/checkins/schedules/kept.js';
import { platformsOf } from '../core/members/reach.js';
import { zoneOf } from '../core/members/zone.js';
import { lookAtAsks, lookAtReminders, type Spoken } from '../core/saved/due.js';
import { ASK, REMIND, SENT } from '../core/saved/kinds.js';
import { keptOf, unanswered } from '../core/saved/mine.js';
import { sentToMe } from '../core/saved/send.js';
import type { World } from '../core/scope.js';
import type { Due, DueRow, Kind, NewDelivery, Tx } from '../schedule/kinds.js';
import { noticeTo } from './context.js';
import { toMember } from './once-each.js';
import { discreet } from './session-rsvp.js';

const HOUR = 3_600_000;
/** Milliseconds in which a reminder, a question and what was sent have their point. */
const WITHIN = { [REMIND]: 24 * HOUR, [ASK]: 72 * HOUR, [SENT]: 72 * HOUR } as const;

function spokenTo(
  kind: typeof REMIND | typeof ASK,
  look: (rows: readonly DueRow[], tx: Tx, now: Date) => Promise<ReadonlyMap<string, Spoken>>,
): NonNullable<Kind['due']> {
  return async (rows, tx, now): Promise<Due> => {
    const looked = await look(rows, tx, now);
    const expiresAt = new Date(now.getTime() + WITHIN[kind]);
    const deliveries = rows.flatMap(({ id, communityId, subjectId, dueAt }): NewDelivery[] => {
      const tell = looked.get(id)?.tell;
      if (!tell) return [];
      const { memberId, platform, key } = tell;
      return [{ communityId, kind, subjectId, memberId, platform, once: `${kind}:${subjectId}:${key}`, dueAt, expiresAt }];
    });
    return { deliveries, next: new Map(rows.map(({ id }) => [id, looked.get(id)?.next ?? null])) };
  };
}

/** At the time that the member named; it does not say of what. The subject is what they saved. */
export const savedRemind = (world: World): Kind => ({
  due: spokenTo(REMIND, (rows, tx, now) => lookAtReminders(rows, tx, world.cipher, now)),
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const saved = ctx && (await keptOf(ctx.scope)).find(({ id }) => id === delivery.subjectId);
    if (!ctx || !saved) return { drop: 'gone' };
    // They took it back, or named another time, after it fell due.
    if (delivery.once !== `${REMIND}:${saved.id}:${saved.remindAt}`) return { drop: 'moved' };
    const input = { id: saved.id };
    const text = ctx.t('saved.nudge');
    return discreet(ctx, text, text, [
      { label: ctx.t('saved.show'), style: 'primary', act: { path: ['resource', 'reminded'], input } },
    ]);
  },
});

/** Whether the member reached what they saved, once for each and all that are due together. The subject is the member. */
export const savedAsk = (world: World): Kind => ({
  due: spokenTo(ASK, (rows, tx, now) => lookAtAsks(rows, tx, world.cipher, now)),
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    if (!ctx) return { drop: 'gone' };
    if (unanswered(await keptOf(ctx.scope)).length === 0) return { drop: 'answered' };
    const text = ctx.t('saved.ask.summary');
    return discreet(ctx, text, text, [{ label: ctx.t('saved.show'), style: 'primary', act: { path: ['resource', 'reached'] } }]);
  },
});

/** A mentee is told that their mentor sent something, when they are not asleep; not what. The subject is what was sent. */
export const savedSent = (world: World): Kind => ({
  async due(rows, tx, now) {
    const sent = await tx.sentResource.findMany({
      where: { id: { in: rows.map(({ subjectId }) => subjectId) } },
      include: { to: { include: { community: { select: { zone: true } } } } },
    });
    const platforms = await platformsOf(
      tx,
      sent.map(({ toId }) => toId),
    );
    const deliveries: NewDelivery[] = [];
    const next = new Map<string, Date | null>();
    for (const { id, communityId, subjectId, dueAt } of rows) {
      const to = sent.find((one) => one.id === subjectId)?.to;
      const from = to && dateOf(deferPast(quietOf(to), instant(now), zoneOf(to, to.community)));
      next.set(id, from && from > now ? from : null);
      if (!to || (from && from > now)) continue;
      const expiresAt = new Date(now.getTime() + WITHIN[SENT]);
      deliveries.push(
        ...toMember(platforms, to.id, { communityId, kind: SENT, subjectId, once: `${SENT}:${subjectId}`, dueAt, expiresAt }),
      );
    }
    return { deliveries, next };
  },
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const sent = ctx && (await sentToMe(ctx.scope, delivery.subjectId));
    if (!ctx || !sent?.resource) return { drop: 'gone' };
    if (!sent.pairing.takesResources) return { drop: 'refused' };
    const input = { id: sent.id };
    return discreet(ctx, ctx.t('saved.sent.summary'), ctx.t('saved.sent.text'), [
      { label: ctx.t('saved.show'), style: 'primary', act: { path: ['resource', 'sent'], input } },
    ]);
  },
});
