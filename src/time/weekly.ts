import { Temporal } from 'temporal-polyfill';
import { instantOf, localAt } from './local.js';

/** Minutes of a local day and week. A week begins on Sunday at 00:00. */
export const DAY_MINUTES = 24 * 60;
export const WEEK_MINUTES = 7 * DAY_MINUTES;

/** The time of the week that local clocks show, in whole minutes. */
const minuteOf = (local: Temporal.PlainDateTime): number => (local.dayOfWeek % 7) * DAY_MINUTES + local.hour * 60 + local.minute;

/**
 * The first instant, not before `from`, at which something begins that happens every week at a local time.
 * @param minute of the week
 * @param zone IANA
 */
export function nextWeekly(minute: number, zone: string, from: Temporal.Instant): Temporal.Instant {
  const time = new Temporal.PlainTime(Math.floor((minute % DAY_MINUTES) / 60), minute % 60);
  const today = localAt(from, zone).toPlainDate();
  const ahead = (Math.floor(minute / DAY_MINUTES) - (today.dayOfWeek % 7) + 7) % 7;
  // A week earlier, too: where clocks skip a day, one that was to be on it begins after the gap.
  for (let week = -1; ; week++) {
    const at = instantOf(today.add({ days: ahead + week * 7 }).toPlainDateTime(time), zone);
    if (Temporal.Instant.compare(at, from) >= 0) return at;
  }
}

const hours = (count: number) => Temporal.Duration.from({ hours: count });
const offsetAt = (at: Temporal.Instant, zone: string): number => at.toZonedDateTimeISO(zone).offsetNanoseconds / 1e6;
/** 1970 began on a Thursday. */
const EPOCH_MINUTE = 4 * DAY_MINUTES;

/**
 * {@link nextWeekly} for many times of the week from one instant on, in milliseconds: while no clock is changed, it is arithmetic.
 * @returns a function of the minute of the week
 */
export function weekClock(zone: string, from: Temporal.Instant): (minute: number) => number {
  const offset = offsetAt(from, zone);
  // Once a day, because some clocks are put back soon after they were put forward.
  const days = [-25, 24, 48, 72, 96, 120, 144, 169].map((count) => offsetAt(from.add(hours(count)), zone));
  if (days.some((other) => other !== offset)) return (minute) => nextWeekly(minute, zone, from).epochMilliseconds;
  const shown = (from.epochMilliseconds + offset) / 60_000 + EPOCH_MINUTE;
  return (minute) => {
    const wait = (((minute - shown) % WEEK_MINUTES) + WEEK_MINUTES) % WEEK_MINUTES;
    return Math.round(from.epochMilliseconds + wait * 60_000);
  };
}

/** Minutes of the week from `from`, up to but not `to`. */
export interface MinuteRange {
  readonly from: number;
  readonly to: number;
}

/** Minutes by which clocks were or will be set around a time; 0 as a rule. */
function shiftAround(from: Temporal.Instant, to: Temporal.Instant, zone: string): number {
  const offsets = [from.subtract(hours(25)), from, to, to.add(hours(25))].map((at) => offsetAt(at, zone) / 60_000);
  return Math.ceil(Math.max(...offsets) - Math.min(...offsets));
}

/**
 * Times of the week of everything that can begin from `from` on and before `to`: at most two ranges. Around a change of the
 * clocks they hold more than that, never less.
 */
export function weekRanges(from: Temporal.Instant, to: Temporal.Instant, zone: string): readonly MinuteRange[] {
  const shift = shiftAround(from, to, zone);
  const length = Math.ceil((to.epochMilliseconds - from.epochMilliseconds) / 60_000) + 1 + 2 * shift;
  if (length >= WEEK_MINUTES) return [{ from: 0, to: WEEK_MINUTES }];
  const first = (minuteOf(localAt(from, zone)) - shift + WEEK_MINUTES) % WEEK_MINUTES;
  const end = first + length;
  if (end <= WEEK_MINUTES) return [{ from: first, to: end }];
  return [
    { from: first, to: WEEK_MINUTES },
    { from: 0, to: end - WEEK_MINUTES },
  ];
}
