import { startOfDay } from '../../../time/local.js';
import { FEW, type Told, teller } from '../../communities/report.js';
import { membersMet } from '../../members/met.js';
import type { Scope } from '../../scope.js';
import { CONFIRM_EVERY } from '../mentor/work.js';
import { TAKES_PLACE } from '../pair.js';

const DAY = 86_400_000;
/** Whole days that rates and times are taken from, the last one yesterday: who asked somebody today shall not read in them what came of it. */
export const OVERVIEW_DAYS = 90;
/** A rate is told in steps of so many of a hundred. */
const STEP = 5;

/** How pairing goes in a community, in numbers that identify nobody: in fives. `few`: of fewer than {@link FEW} people. */
export interface Overview {
  readonly waiting: Told;
  readonly paired: Told;
  /** Days from a request to a pairing, of those that began in the last {@link OVERVIEW_DAYS} days. */
  readonly medianDays: Told;
  /** Of a hundred offers that ended in that time, how many were accepted. `few` too where one of the two sides is of few. */
  readonly acceptance: Told;
  readonly mentors: Told;
  readonly paused: Told;
  /** Mentors with more people than the number they now say. */
  readonly over: Told;
  /** Mentors who have not said for a month that all of it still holds. */
  readonly reconfirm: Told;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

interface Days {
  readonly gte: Date;
  readonly lt: Date;
}

async function medianDays({ db }: Scope, startedAt: Days): Promise<Told> {
  const rows = await db.pairing.findMany({
    where: { startedAt, requestId: { not: null } },
    select: { startedAt: true, menteeId: true, request: { select: { askedAt: true } } },
  });
  if (new Set(rows.map(({ menteeId }) => menteeId)).size < FEW) return 'few';
  const days = rows.flatMap(({ startedAt, request }) =>
    startedAt && request ? [(startedAt.getTime() - request.askedAt.getTime()) / DAY] : [],
  );
  return Math.round(median(days) * 10) / 10;
}

/** Whoever never answered took part as well: a silence is no yes. */
async function acceptance({ db }: Scope, endedAt: Days): Promise<Told> {
  const rows = await db.pairingOffer.findMany({
    where: { endedAt, state: { in: ['accepted', 'declined', 'lapsed'] } },
    select: { state: true, mentorId: true },
  });
  const yes = rows.filter(({ state }) => state === 'accepted');
  const others = rows.filter(({ state }) => state !== 'accepted');
  const people = (some: typeof rows) => new Set(some.map(({ mentorId }) => mentorId)).size;
  if (people(yes) < FEW || people(others) < FEW) return 'few';
  return STEP * Math.round((100 * yes.length) / rows.length / STEP);
}

async function overCapacity({ db }: Scope): Promise<number> {
  const places = await db.pairing.groupBy({ by: ['mentorId'], where: { state: { in: [...TAKES_PLACE] } }, _count: true });
  const profiles = await db.mentorProfile.findMany({
    where: { memberId: { in: places.map(({ mentorId }) => mentorId) }, endedAt: null },
    select: { memberId: true, capacity: true },
  });
  const capacity = new Map(profiles.map((row) => [row.memberId, row.capacity]));
  return places.filter(({ mentorId, _count }) => _count > (capacity.get(mentorId) ?? Number.POSITIVE_INFINITY)).length;
}

export async function overviewOf(scope: Scope): Promise<Overview> {
  const { db, now, community } = scope;
  const days = { gte: startOfDay(now, community.zone, OVERVIEW_DAYS), lt: startOfDay(now, community.zone) };
  const tell = teller(await membersMet(scope));
  const serving = { endedAt: null };
  return {
    waiting: tell(await db.pairingRequest.count({ where: { state: { in: ['approval', 'choosing', 'offered', 'waiting'] } } })),
    paired: tell(await db.pairing.count({ where: { state: 'active' } })),
    medianDays: await medianDays(scope, days),
    acceptance: await acceptance(scope, days),
    mentors: tell(await db.mentorProfile.count({ where: serving })),
    paused: tell(await db.mentorProfile.count({ where: { ...serving, pausedUntil: { gt: now } } })),
    over: tell(await overCapacity(scope)),
    reconfirm: tell(
      await db.mentorProfile.count({ where: { ...serving, confirmedAt: { lte: new Date(now.getTime() - CONFIRM_EVERY) } } }),
    ),
  };
}
