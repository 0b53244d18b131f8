import { dateOf, instant, quietOf } from '../core/checkins/schedules/kept.js';
import { maySpeak } from '../core/daily/when.js';
import { platformsOf } from '../core/members/reach.js';
import { zoneOf } from '../core/members/zone.js';
import { idOf } from '../core/pairing/rhythm.js';
import { kindHourAfter, type Place } from '../core/pairing/rhythm-times.js';
import type { Side } from '../core/pairing/work.js';
import type { Due, DueRow, NewDelivery, Tx } from '../schedule/kinds.js';

const find = (tx: Tx, ids: readonly string[], state: 'active' | 'ended') =>
  tx.pairing.findMany({
    where: { id: { in: [...ids] }, state },
    include: {
      community: { select: { zone: true } },
      mentee: true,
      mentor: { include: { mentorProfile: { select: { pausedUntil: true } } } },
    },
  });
export type PairingFound = Awaited<ReturnType<typeof find>>[number];

const placeOf = (found: PairingFound, side: Side): Place => ({
  zone: zoneOf(found[side], found.community),
  quiet: quietOf(found[side]),
});

/** What one row comes to: a name that makes its message exist once, or none; and when it is looked at next. */
export interface Decided {
  readonly once?: string;
  readonly next: Date | null;
}

interface Speaks {
  readonly kind: string;
  readonly side: Side;
  readonly state: 'active' | 'ended';
  /** Milliseconds after which it is pointless. */
  readonly within: number;
  decide(found: PairingFound, place: Place, now: Date, dueAt: Date): Decided;
}

/** For kinds that have a row for each pairing and side, and speak only when its member may be spoken to. The subject is the pairing. */
export const dueToSide =
  ({ kind, side, state, within, decide }: Speaks) =>
  async (rows: readonly DueRow[], tx: Tx, now: Date): Promise<Due> => {
    const found = await find(
      tx,
      rows.map(({ subjectId }) => subjectId),
      state,
    );
    const platforms = await platformsOf(
      tx,
      found.map((pairing) => idOf(pairing, side)),
    );
    const deliveries: NewDelivery[] = [];
    const next = new Map<string, Date | null>();
    for (const { id, communityId, subjectId, dueAt } of rows) {
      const pairing = found.find((one) => one.id === subjectId);
      if (!pairing) {
        next.set(id, null);
        continue;
      }
      const place = placeOf(pairing, side);
      if (!maySpeak(instant(dueAt), instant(now), place.zone, place.quiet)) {
        next.set(id, dateOf(kindHourAfter(instant(now), place)));
        continue;
      }
      const decided = decide(pairing, place, now, dueAt);
      next.set(id, decided.next);
      const memberId = idOf(pairing, side);
      const platform = platforms.get(memberId);
      if (decided.once === undefined || !platform) continue;
      const expiresAt = new Date(now.getTime() + within);
      const once = `${kind}:${subjectId}:${decided.once}`;
      deliveries.push({ communityId, kind, subjectId, memberId, platform, once, dueAt, expiresAt });
    }
    return { deliveries, next };
  };
