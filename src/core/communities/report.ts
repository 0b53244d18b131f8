import type { TenantDb } from '../../db/tenant.js';
import { startOfDay } from '../../time/local.js';
import { membersMet } from '../members/met.js';
import type { Scope } from '../scope.js';
import { countMessages } from '../work/report.js';

/** A count of what people did is told from this number on: below, it could say something of one of them. */
export const FEW = 5;

/**
 * Why a message was not sent, as far as it is told. What a member did instead (answered, paused, said no) is `needless`, all
 * of it together: by itself it would say something of somebody.
 */
export type Unsent = 'late' | 'closed' | 'gone' | 'forbidden' | 'needless';

/**
 * A count in fives, or `few`: a message count from 1 to 4, check-ins of fewer than five people, or anything that people did in a
 * community of fewer than five. Larger message counts do not ask how many people are behind them.
 */
export type Told = number | 'few';

/** What happened in some whole days until the last one ended, so that nobody can look before and after somebody did something. */
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
  /** The bot had talked with them when the day began. */
  readonly members: Told;
  readonly periods: readonly Period[];
  /** Messages that are about to be sent. */
  readonly queued: Told;
  /** When the one that waits longest was promised; left out with `few`, because it is when somebody wants to be asked. */
  readonly oldest?: Date;
  /** What failed when it fell due and will be looked at again: a fault, told as it is. */
  readonly parked: number;
}

/** Rounded down to a multiple of five, so that nobody can watch one person come. */
export const inFives = (count: number): number => count - (count % FEW);

/** Among fewer than five members, everybody knows whose count it is. */
export const teller =
  (members: number) =>
  (count: number): Told =>
    members < FEW || (count > 0 && count < FEW) ? 'few' : inFives(count);
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

async function checkInsBetween(db: TenantDb, since: Date, until: Date): Promise<Told> {
  const where = { at: { gte: since, lt: until } };
  const people = await db.checkIn.groupBy({ by: ['memberId'], where, orderBy: { memberId: 'asc' }, take: FEW });
  return people.length < FEW ? 'few' : inFives(await db.checkIn.count({ where }));
}

/** @param days how long each of the periods is, all of them ending with yesterday */
export async function reportOn(scope: Scope, days: readonly number[]): Promise<CommunityReport> {
  const { db, now, community } = scope;
  const until = startOfDay(now, community.zone);
  const counted = await Promise.all(
    days.map(async (length) => {
      const since = startOfDay(now, community.zone, length);
      const [messages, checkIns] = await Promise.all([countMessages(db, since, until), checkInsBetween(db, since, until)]);
      return { length, messages, checkIns };
    }),
  );
  const [members, { queued, oldest, parked }] = await Promise.all([membersMet(scope), countMessages(db, now)]);
  const tell = teller(members);
  const waiting = tell(queued);
  return {
    members: tell(members),
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
