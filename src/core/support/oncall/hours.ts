import { Temporal } from 'temporal-polyfill';
import { type DayTimes, daySpan, type InstantSpan, isIn } from '../../../time/day-span.js';
import { localAt } from '../../../time/local.js';
import { WEEKDAYS, type Weekday } from '../../../time/rule.js';

/** Hours of every week, as local clocks show them. */
export interface Shift {
  /** On which it begins. */
  readonly days: readonly string[];
  /** HH:MM; an end that is not later is on the next day, so that equal times are a whole day. */
  readonly from: string;
  readonly to: string;
  /** IANA. */
  readonly zone: string;
}

export const isEveryDay = (days: readonly string[]): boolean => days.length === WEEKDAYS.length;

const instant = (at: Date) => Temporal.Instant.fromEpochMilliseconds(at.getTime());
const timesOf = ({ from, to }: Shift): DayTimes => ({ from: Temporal.PlainTime.from(from), to: Temporal.PlainTime.from(to) });
const weekdayOf = (day: Temporal.PlainDate) => WEEKDAYS[day.dayOfWeek - 1] as Weekday;

/** Its spans that begin on one of these days, counted from the local day of an instant. */
function spansOf(shift: Shift, around: Temporal.Instant, days: readonly number[]): InstantSpan[] {
  const today = localAt(around, shift.zone).toPlainDate();
  return days
    .map((count) => today.add({ days: count }))
    .filter((day) => shift.days.includes(weekdayOf(day)))
    .map((day) => daySpan(timesOf(shift), day, shift.zone));
}

/** Whether somebody with this shift may be asked at an instant. What began yesterday may go on past midnight. */
export function isOn(shift: Shift, at: Date): boolean {
  const now = instant(at);
  // Clocks that skip a day, or a shift that ends where they skip an hour, may put it a day further.
  return spansOf(shift, now, [-2, -1, 0, 1]).some((span) => isIn(span, now));
}

const WEEK_AHEAD = [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8];

/** When the first of these begins after an instant; undefined when there are none. */
export function nextOn(shifts: readonly Shift[], after: Date): Date | undefined {
  const from = instant(after);
  const starts = shifts
    .flatMap((shift) => spansOf(shift, from, WEEK_AHEAD))
    .filter((span) => Temporal.Instant.compare(span.from, from) > 0 && Temporal.Instant.compare(span.to, span.from) > 0)
    .map((span) => span.from.epochMilliseconds);
  return starts.length > 0 ? new Date(Math.min(...starts)) : undefined;
}
