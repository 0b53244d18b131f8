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

/** Minutes of the week from `from`, up to but not `to`. */
export interface MinuteRange {
  readonly from: number;
  readonly to: number;
}

const hours = (count: number) => Temporal.Duration.from({ hours: count });

/** Minutes by which clocks were or will be set around a time; 0 as a rule. */
function shiftAround(from: Temporal.Instant, to: Temporal.Instant, zone: string): number {
  const offsets = [from.subtract(hours(25)), from, to, to.add(hours(25))].map(
    (at) => at.toZonedDateTimeISO(zone).offsetNanoseconds / 60e9,
  );
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
