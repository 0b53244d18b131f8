import { Temporal } from 'temporal-polyfill';
import { instantOf } from './local.js';

/** Local times of day, from one until another. `to` not after `from`: on the next day. */
export interface DayTimes {
  readonly from: Temporal.PlainTime;
  readonly to: Temporal.PlainTime;
}

/** From the first instant up to but not the second. */
export interface InstantSpan {
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
}

/** What begins on a local day. The rules for gaps and overlaps of the clocks hold for both ends. */
export function daySpan({ from, to }: DayTimes, day: Temporal.PlainDate, zone: string): InstantSpan {
  const lastDay = Temporal.PlainTime.compare(to, from) > 0 ? day : day.add({ days: 1 });
  return { from: instantOf(day.toPlainDateTime(from), zone), to: instantOf(lastDay.toPlainDateTime(to), zone) };
}

export const isIn = ({ from, to }: InstantSpan, at: Temporal.Instant): boolean =>
  Temporal.Instant.compare(from, at) <= 0 && Temporal.Instant.compare(at, to) < 0;
