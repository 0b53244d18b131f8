import { Temporal } from 'temporal-polyfill';
import { MARK_LISTS, type Mark, type MarkList, type MarkListName } from './marks.js';
import { type Period, totalDays } from './periods.js';

/** A mark and the local day on which it is reached. */
export interface Anniversary {
  readonly mark: Mark;
  readonly on: Temporal.PlainDate;
}

/** Nobody counts longer; it ends every search. */
const MOST_MARKS = 400;

const times = (mark: Mark, factor: number): Mark => ({ ...mark, count: mark.count * factor });
const isSameUnit = (a: Mark | undefined, b: Mark) => a?.unit === b.unit;

/** A list without its end. What comes after the first ones continues their own count: 730 days, then 1,095. */
function* marksOf({ first, every }: MarkList): Generator<Mark> {
  yield* first;
  const last = first.at(-1);
  const reached = last && isSameUnit(last, every) ? Math.floor(last.count / every.count) : 0;
  for (let i = 1; i <= MOST_MARKS; i++) yield times(every, reached + i);
}

/**
 * The local day of a mark, always counted from the first day, so that the 31st stays the 31st: a day that a month lacks is its
 * last one, and 29 February is the 28th in other years.
 */
export const dayOfMark = (from: Temporal.PlainDate, { unit, count }: Mark): Temporal.PlainDate =>
  from.add({ [unit]: count }, { overflow: 'constrain' });

/** The next mark of the open period: the first after a day. */
export function nextAnniversary(
  from: Temporal.PlainDate,
  list: MarkListName,
  after: Temporal.PlainDate,
): Anniversary | undefined {
  for (const mark of marksOf(MARK_LISTS[list])) {
    const on = dayOfMark(from, mark);
    if (Temporal.PlainDate.compare(on, after) > 0) return { mark, on };
  }
  return undefined;
}

/**
 * The marks reached on the days after `after` and until `through`, in order. Whoever marks them keeps `through`, lets it never go
 * back, and sets it to today when a date is set or corrected: then nothing is marked twice by a journey west, nothing is left
 * out by a journey east, and backdating does not bring years of congratulations at once.
 */
export function anniversariesIn(
  from: Temporal.PlainDate,
  list: MarkListName,
  after: Temporal.PlainDate,
  through: Temporal.PlainDate,
): Anniversary[] {
  const found: Anniversary[] = [];
  for (let next = nextAnniversary(from, list, after); next; next = nextAnniversary(from, list, next.on)) {
    if (Temporal.PlainDate.compare(next.on, through) > 0) break;
    found.push(next);
  }
  return found;
}

/** A number of days that was reached or comes next: of the total, or of days on which something was done. */
export interface Count {
  readonly reached: number;
  /** The largest mark that is reached; undefined before the first. */
  readonly last?: number;
  readonly next?: number;
}

function countOf(reached: number): Count {
  let last: number | undefined;
  for (const { count } of marksOf(MARK_LISTS.days)) {
    if (count > reached) return { reached, ...(last !== undefined && { last }), next: count };
    last = count;
  }
  return { reached, ...(last !== undefined && { last }) };
}

/** All days through every return to use, against the same numbers of days. It never goes down. */
export const totalCount = (periods: readonly Period[], today: Temporal.PlainDate): Count => countOf(totalDays(periods, today));

/** Days on which something was done; each day once, gaps do not matter. */
export const tally = (done: readonly Temporal.PlainDate[]): Count => countOf(new Set(done.map(String)).size);
