import type { TenantDb } from '../../db/tenant.js';
import type { Scope } from '../scope.js';
import { countMessages } from '../work/report.js';

const DAY_MS = 86_400_000;

/** A count of what people did is told from this number on: below, it could say something of one of them. */
export const FEW = 5;

/**
 * Why a message was not sent, as far as it is told. What a member did instead (answered, paused, said no) is `needless`, all
 * of it together: by itself it would say something of somebody.
 */
export type Unsent = 'late' | 'closed' | 'gone' | 'forbidden' | 'needless';

/**
 * A count, or `few`: a message count from 1 to 4, check-ins of fewer than five people, or anything that people did in a
 * community of fewer than five. Larger message counts do not ask how many people are behind them.
 */
export type Told = number | 'few';

/** What happened in some days until now. */
export interface Period {
  readonly days: number;
  readonly sent: Told;
  /** By reason, without those that never happened. */
  readonly unsent: readonly { readonly why: Unsent; readonly count: Told }[];
  /** Given up after many failures. A fault of ours or of the platform, so that it is told as it is. */
  readonly givenUp: number;
  /** `few` also where there was none, because "none" would tell of everybody. */
  readonly checkIns: Told;
}

/** How a community is served, in counts that identify nobody. */
export interface CommunityReport {
  readonly members: number;
  readonly periods: readonly Period[];
  /** Messages that are about to be sent. */
  readonly queued: Told;
  /** When the one that waits longest was promised; left out with `few`, because it is when somebody wants to be asked. */
  readonly oldest?: Date;
  /** What failed when it fell due and will be looked at again: a fault, told as it is. */
  readonly parked: number;
}

/** Among fewer than five members, everybody knows whose count it is. */
export const teller =
  (members: number) =>
  (count: number): Told =>
    members < FEW || (count > 0 && count < FEW) ? 'few' : count;
const total = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((sum, count) => sum + count, 0);

const WHY: Readonly<Record<string, Unsent>> = {
  late: 'late',
  closed: 'closed',
  gone: 'gone',
  forbidden: 'forbidden',
  'thread-left': 'closed',
  'thread-gone': 'closed',
  'thread-forbidden': 'forbidden',
};

function unsentOf(dropped: Readonly<Record<string, number>>, tell: (count: number) => Told): Period['unsent'] {
  const sums = new Map<Unsent, number>();
  for (const [reason, count] of Object.entries(dropped)) {
    const why = WHY[reason] ?? 'needless';
    sums.set(why, (sums.get(why) ?? 0) + count);
  }
  return [...sums].sort(([a], [b]) => a.localeCompare(b)).map(([why, count]) => ({ why, count: tell(count) }));
}

async function checkInsSince(db: TenantDb, since: Date): Promise<Told> {
  const where = { at: { gte: since } };
  const people = await db.checkIn.groupBy({ by: ['memberId'], where, orderBy: { memberId: 'asc' }, take: FEW });
  return people.length < FEW ? 'few' : db.checkIn.count({ where });
}

/** @param days how long each of the periods is, all of them ending now */
export async function reportOn({ db, now }: Scope, days: readonly number[]): Promise<CommunityReport> {
  const counted = await Promise.all(
    days.map(async (length) => {
      const since = new Date(now.getTime() - length * DAY_MS);
      const [messages, checkIns] = await Promise.all([countMessages(db, since), checkInsSince(db, since)]);
      return { length, messages, checkIns };
    }),
  );
  const [members, { queued, oldest, parked }] = await Promise.all([db.member.count(), countMessages(db, now)]);
  const tell = teller(members);
  const waiting = tell(queued);
  return {
    members,
    periods: counted.map(({ length, messages, checkIns }) => ({
      days: length,
      sent: tell(messages.sent),
      unsent: unsentOf(messages.dropped, tell),
      givenUp: total(messages.dead),
      checkIns,
    })),
    queued: waiting,
    ...(waiting !== 'few' && oldest && { oldest }),
    parked,
  };
}
