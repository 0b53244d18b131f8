import { Temporal } from 'temporal-polyfill';

/**
 * One stretch of time, in local days of the member. The first day is day 0: "24 hours" are over on the next.
 * Without `until` it goes on.
 */
export interface Period {
  readonly from: Temporal.PlainDate;
  /** The day of the return to use; the days before it count, for good. */
  readonly until?: Temporal.PlainDate;
}

/**
 * Why a date is refused. `future`: after today; `long-ago`: more than {@link OLDEST_YEARS} years; `overlap`: in a period that
 * is kept already; `none`: there is no open period to end.
 */
export type PeriodProblem = 'future' | 'long-ago' | 'overlap' | 'none';
export type Periods =
  | { readonly ok: true; readonly periods: readonly Period[] }
  | { readonly ok: false; readonly why: PeriodProblem };

export const OLDEST_YEARS = 100;

const { compare } = Temporal.PlainDate;
const rising = (periods: readonly Period[]) => [...periods].sort((a, b) => compare(a.from, b.from));
const daysBetween = (from: Temporal.PlainDate, to: Temporal.PlainDate) => from.until(to, { largestUnit: 'days' }).days;

/** Whole days of a period until a day. A journey west may make today earlier than the day on which it began: that is 0. */
export const daysOf = ({ from, until }: Period, today: Temporal.PlainDate): number =>
  Math.max(0, daysBetween(from, until && compare(until, today) < 0 ? until : today));

/** All days, through every return to use. */
export const totalDays = (periods: readonly Period[], today: Temporal.PlainDate): number =>
  periods.reduce((sum, period) => sum + daysOf(period, today), 0);

/** The period that goes on. */
export const openPeriod = (periods: readonly Period[]): Period | undefined => periods.find(({ until }) => until === undefined);

function problemOf(day: Temporal.PlainDate, today: Temporal.PlainDate): PeriodProblem | undefined {
  if (compare(day, today) > 0) return 'future';
  return compare(day, today.subtract({ years: OLDEST_YEARS })) < 0 ? 'long-ago' : undefined;
}

const overlaps = (a: Period, b: Period): boolean =>
  (a.until === undefined || compare(b.from, a.until) < 0) && (b.until === undefined || compare(a.from, b.until) < 0);

/**
 * Adds a period, also an earlier one that is over.
 *
 * @param today the member's local day
 */
export function addPeriod(periods: readonly Period[], added: Period, today: Temporal.PlainDate): Periods {
  const problem = problemOf(added.from, today) ?? (added.until && problemOf(added.until, today));
  if (problem) return { ok: false, why: problem };
  const isBackwards = added.until !== undefined && compare(added.until, added.from) < 0;
  if (isBackwards || periods.some((period) => overlaps(period, added))) return { ok: false, why: 'overlap' };
  return { ok: true, periods: rising([...periods, added]) };
}

/** Corrects the day on which the open period began, backwards or forwards. Begins one where there is none. */
export function setStart(periods: readonly Period[], from: Temporal.PlainDate, today: Temporal.PlainDate): Periods {
  return addPeriod(
    periods.filter(({ until }) => until !== undefined),
    { from },
    today,
  );
}

/**
 * A return to use: the open period ends and keeps its days, and a new one begins when the member says so.
 *
 * @param on the day of it; may be some days ago
 * @param again the first day of the new period, on that day or later; undefined: not now
 */
export function returnToUse(
  periods: readonly Period[],
  on: Temporal.PlainDate,
  again: Temporal.PlainDate | undefined,
  today: Temporal.PlainDate,
): Periods {
  const open = openPeriod(periods);
  if (!open) return { ok: false, why: 'none' };
  const over = periods.filter((period) => period !== open);
  const ended = addPeriod(over, { from: open.from, until: on }, today);
  return ended.ok && again ? addPeriod(ended.periods, { from: again }, today) : ended;
}
