import { FEW, inFives } from '../../communities/report.js';
import { membersMet } from '../../members/met.js';
import type { Scope } from '../../scope.js';
import { COUNTED, type Counted } from './count.js';
import { monthBefore, monthOf } from './month.js';
import { TOPICS, type Topic } from './topics.js';

/** A kind of help, and how many members there were: five or more. */
export interface Line {
  readonly topic: Topic;
  readonly members: number;
}

/** What members looked for in a month. */
export interface MonthOfServices {
  /** YYYY-MM. */
  readonly month: string;
  /** It goes on: numbers are rounded down to a multiple of five, so that nobody can watch one person come. */
  readonly isRunning: boolean;
  /** By what was counted: topics of five members and more, the most first. */
  readonly lines: Readonly<Record<Counted, readonly Line[]>>;
  /** There were others, each of fewer than five members. */
  readonly few: Readonly<Record<Counted, boolean>>;
}

type Row = { readonly what: string; readonly topic: string; readonly members: number };

function linesOf(rows: readonly Row[], what: Counted, isRunning: boolean): readonly Line[] {
  const told = rows.flatMap((row): Line[] => {
    const topic = TOPICS.find((one) => one === row.topic);
    if (row.what !== what || topic === undefined || row.members < FEW) return [];
    return [{ topic, members: isRunning ? inFives(row.members) : row.members }];
  });
  return told.toSorted((a, b) => b.members - a.members || TOPICS.indexOf(a.topic) - TOPICS.indexOf(b.topic));
}

const byCounted = <T>(make: (what: Counted) => T): Readonly<Record<Counted, T>> =>
  Object.fromEntries(COUNTED.map((what) => [what, make(what)])) as Record<Counted, T>;

/**
 * What members looked for this month and the last, in numbers that identify nobody. In a community of fewer than five members
 * nothing is told.
 */
export async function servicesLookedFor(scope: Scope): Promise<readonly MonthOfServices[]> {
  const { db, community, now } = scope;
  const running = monthOf(now, community.zone);
  const months = [running, monthBefore(now, community.zone)];
  const rows = await db.resourceCount.findMany({ where: { month: { in: months } } });
  const isTold = (await membersMet(scope)) >= FEW;
  return months
    .map((month) => ({ month, own: isTold ? rows.filter((row) => row.month === month) : [] }))
    .filter(({ own }) => own.length > 0)
    .map(({ month, own }) => ({
      month,
      isRunning: month === running,
      lines: byCounted((what) => linesOf(own, what, month === running)),
      few: byCounted((what) => own.some((row) => row.what === what && row.members < FEW)),
    }));
}
