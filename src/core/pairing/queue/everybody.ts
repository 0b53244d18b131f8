import { setImmediate } from 'node:timers/promises';
import type { Scope } from '../../scope.js';
import { type MentorFacts, openFacts } from '../facts.js';
import { slotsLike } from '../hours.js';
import { todayIn } from '../mentor/profile.js';
import { isOfferable, STANDING, type Standing, standingOf } from '../offerable.js';
import { pairKey, TAKES_PLACE } from '../pair.js';
import { refusalKey, refusals } from '../refusals.js';
import { pairingSettings } from '../settings.js';
import { holds } from '../takes.js';
import { type Trait, traitsOf } from '../traits.js';
import { openWishes, type Wishes } from '../wishes.js';
import { NEVER, type Table } from './assign.js';
import { fitter } from './fit.js';
import { PROPOSABLE } from './waiting.js';

/** Who looks, at what and when. */
type Looking = Pick<Scope, 'db' | 'cipher' | 'now' | 'member' | 'community'>;

/** How many are looked at together, those who wait longest: beyond it, numbers would lose their last digits. */
const MOST = 2_000;
/** Rows after which others have a turn. */
const TURN = 25;

export interface Asker {
  readonly requestId: string;
  readonly memberId: string;
  readonly ageBand: string | null;
  readonly wishes: Wishes;
}

interface Mentor {
  readonly memberId: string;
  readonly facts: MentorFacts;
  readonly traits: ReadonlySet<Trait>;
  readonly standing: Standing;
  readonly places: number;
}

/** Everybody but the reader who waits and nobody is asked for, and everybody who has a place. */
export interface Everybody {
  readonly askers: readonly Asker[];
  readonly mentors: readonly Mentor[];
  readonly table: Table;
}

async function askersOf({ db, cipher, member }: Looking): Promise<Asker[]> {
  const rows = await db.pairingRequest.findMany({
    where: { state: { in: [...PROPOSABLE] }, memberId: { not: member.id } },
    orderBy: [{ askedAt: 'asc' }, { id: 'asc' }],
    take: MOST,
    include: { member: { select: { ageBand: true } } },
  });
  return rows.map((row) => ({
    ...{ requestId: row.id, memberId: row.memberId, ageBand: row.member.ageBand },
    wishes: openWishes(cipher, row),
  }));
}

async function mentorsOf(scope: Looking): Promise<Mentor[]> {
  const { db, cipher } = scope;
  const [rows, pairings, offers] = [
    await db.mentorProfile.findMany({
      where: { endedAt: null, heldAt: null, lapsedAt: null },
      include: STANDING,
      orderBy: { memberId: 'asc' },
    }),
    await db.pairing.groupBy({ by: ['mentorId'], where: { state: { in: [...TAKES_PLACE] } }, _count: true }),
    await db.pairingOffer.groupBy({ by: ['mentorId'], where: { state: 'open' }, _count: true }),
  ];
  const taken = new Map<string, number>();
  for (const { mentorId, _count } of [...pairings, ...offers]) taken.set(mentorId, (taken.get(mentorId) ?? 0) + _count);
  const today = todayIn(scope);
  return rows.flatMap((row) => {
    const places = row.capacity - (taken.get(row.memberId) ?? 0);
    if (places <= 0) return [];
    const facts = openFacts(cipher, row);
    const standing = standingOf(row, facts.recovery, today);
    return [{ memberId: row.memberId, facts, traits: new Set(traitsOf(facts)), standing, places }];
  });
}

const bothWays = (one: string, other: string) => `${pairKey(one, other).aId} ${pairKey(one, other).bId}`;

/** Pairs that are not to be, by {@link bothWays}, and mentors who were asked already, by request. */
async function outOf({ db, now }: Looking): Promise<{ apart: ReadonlySet<string>; asked: ReadonlySet<string> }> {
  const [separations, blocks, pairings, offers] = [
    await db.separation.findMany({ where: holds(now), select: { aId: true, bId: true } }),
    await db.memberBlock.findMany({ select: { memberId: true, otherId: true } }),
    await db.pairing.findMany({ where: { state: { in: [...TAKES_PLACE] } }, select: { menteeId: true, mentorId: true } }),
    await db.pairingOffer.findMany({
      where: { request: { state: { in: [...PROPOSABLE] } } },
      select: { requestId: true, mentorId: true },
    }),
  ];
  return {
    apart: new Set([
      ...separations.map(({ aId, bId }) => bothWays(aId, bId)),
      ...blocks.map(({ memberId, otherId }) => bothWays(memberId, otherId)),
      ...pairings.map(({ menteeId, mentorId }) => bothWays(menteeId, mentorId)),
    ]),
    asked: new Set(offers.map(({ requestId, mentorId }) => `${requestId} ${mentorId}`)),
  };
}

/** Gathers what the best assignment of everybody is made from. */
export async function everybody(scope: Looking): Promise<Everybody> {
  const [settings, askers, mentors] = [await pairingSettings(scope.db), await askersOf(scope), await mentorsOf(scope)];
  const [{ apart, asked }, refused] = [await outOf(scope), await refusals(scope.db, scope.now)];
  const like = slotsLike(scope.now);
  const points: Int8Array[] = [];
  for (const [i, asker] of askers.entries()) {
    if (i % TURN === 0) await setImmediate();
    const pointsBy = fitter(asker.wishes, settings, like);
    const pointsOf = ({ memberId, facts, traits, standing }: Mentor): number => {
      const points = memberId === asker.memberId ? NEVER : pointsBy(traits, facts.zone);
      const isOut =
        points === NEVER ||
        apart.has(bothWays(asker.memberId, memberId)) ||
        asked.has(`${asker.requestId} ${memberId}`) ||
        refused.has(refusalKey(asker.memberId, memberId)) ||
        !isOfferable(standing, asker, settings, scope.now);
      return isOut ? NEVER : points;
    };
    points.push(Int8Array.from(mentors, pointsOf));
  }
  return { askers, mentors, table: { points, places: mentors.map(({ places }) => places) } };
}
