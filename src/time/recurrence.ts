import { Temporal } from 'temporal-polyfill';
import { instantOf } from './local.js';
import { nextDay } from './rule-days.js';

/** Something that recurs, as local wall time in a zone; never as offsets (design: product.md, "Time"). */
export interface Schedule {
  /** Which days: RFC 5545 without DTSTART, as `readRule` normalised it. COUNT and UNTIL count days. */
  readonly rrule: string;
  /** What intervals and counts begin at. It happens only if the rule says so. */
  readonly start: Temporal.PlainDate;
  /** At which times of each such day: whole minutes, rising, at least one. */
  readonly times: readonly Temporal.PlainTime[];
  /** IANA. */
  readonly zone: string;
}

/** A promised local time and the instant at which it is kept. */
export interface Occurrence {
  readonly local: Temporal.PlainDateTime;
  readonly at: Temporal.Instant;
}

/** Local times that do not happen, as {@link localKey} writes them. */
export type Skips = ReadonlySet<string>;

export const NO_SKIPS: Skips = new Set();

/** Names one promised local time for as long as its schedule lives, whatever the zone: `2026-05-04T08:00`. */
export const localKey = (local: Temporal.PlainDateTime): string => local.toString({ smallestUnit: 'minute' });

/** Why a schedule cannot be. `never`: no day of its rule comes within ten years of its start. */
export type ScheduleProblem = 'no-times' | 'too-many-times' | 'never';

/** More prompts in a day than this are a slip, or a burden. */
export const MOST_TIMES = 12;

const WITHIN = { years: 10 };

export function checkSchedule({ rrule, start, times }: Omit<Schedule, 'zone'>): ScheduleProblem | undefined {
  if (times.length === 0) return 'no-times';
  if (times.length > MOST_TIMES) return 'too-many-times';
  const first = nextDay(rrule, start, start);
  return first && Temporal.PlainDate.compare(first, start.add(WITHIN)) <= 0 ? undefined : 'never';
}

/** Times as a schedule keeps them: to the minute, rising, each once. */
export function orderTimes(times: readonly Temporal.PlainTime[]): Temporal.PlainTime[] {
  const minutes = times.map((time) => time.round({ smallestUnit: 'minute', roundingMode: 'trunc' }));
  const byText = new Map(minutes.map((time) => [time.toString(), time]));
  return [...byText.values()].sort(Temporal.PlainTime.compare);
}

/** The promised local times later than `after`, rising. */
function* promisedAfter(schedule: Schedule, after: Temporal.PlainDateTime): Generator<Temporal.PlainDateTime> {
  let day = nextDay(schedule.rrule, schedule.start, after.toPlainDate());
  while (day) {
    for (const time of schedule.times) {
      const local = day.toPlainDateTime(time);
      if (Temporal.PlainDateTime.compare(local, after) > 0) yield local;
    }
    day = nextDay(schedule.rrule, schedule.start, day.add({ days: 1 }));
  }
}

/**
 * The first occurrence after an instant.
 *
 * Instants rise strictly. Local times that fall into one gap of the clocks come at the same instant, the first after the gap:
 * the earliest of them that is not skipped is returned, and keeps the promise of the others.
 */
export function nextOccurrence(schedule: Schedule, after: Temporal.Instant, skips: Skips = NO_SKIPS): Occurrence | undefined {
  const shown = after.toZonedDateTimeISO(schedule.zone).toPlainDateTime();
  for (const local of promisedAfter(schedule, shown)) {
    if (skips.has(localKey(local))) continue;
    const at = instantOf(local, schedule.zone);
    // Where the clocks show a time again, it happened the first time.
    if (Temporal.Instant.compare(at, after) > 0) return { local, at };
  }
  return undefined;
}

/** Every occurrence after one instant and until another, that one included. */
export function* occurrencesBetween(
  schedule: Schedule,
  after: Temporal.Instant,
  until: Temporal.Instant,
  skips: Skips = NO_SKIPS,
): Generator<Occurrence> {
  let next = nextOccurrence(schedule, after, skips);
  while (next && Temporal.Instant.compare(next.at, until) <= 0) {
    yield next;
    next = nextOccurrence(schedule, next.at, skips);
  }
}

/**
 * What comes next after somebody's zone has changed, or whenever a next time is worked out anew without one having happened.
 *
 * A change of zone is a change of the member's own clock, and follows the rules that hold for clocks. Travelling east skips
 * wall times, as spring does: what was promised for them happens at the first instant after, which is `now`; all of them
 * together are one prompt. Travelling west shows wall times again, as autumn does: what happened already does not happen again.
 * The date line is the same thing with a larger step. So each promised wall time is kept once, and the longest wait is one
 * interval and 26 hours.
 *
 * @param schedule with its zone as it is from now on
 * @param settled every promise up to this local time has been kept: what `latestLocalAt` said, in the zone of then, when an
 *   occurrence last happened, or else when the schedule was made, edited or resumed
 * @param now when the change takes effect. What fell due before, in the old zone, must have been settled first; what happened at
 *   this very instant is settled in the new zone
 */
export function nextPromised(
  schedule: Schedule,
  settled: Temporal.PlainDateTime,
  now: Temporal.Instant,
  skips: Skips = NO_SKIPS,
): Occurrence | undefined {
  for (const local of promisedAfter(schedule, settled)) {
    if (skips.has(localKey(local))) continue;
    const due = instantOf(local, schedule.zone);
    return { local, at: Temporal.Instant.compare(due, now) > 0 ? due : now };
  }
  return undefined;
}
