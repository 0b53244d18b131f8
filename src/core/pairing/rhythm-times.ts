import { Temporal } from 'temporal-polyfill';
import { instantOf, localAt } from '../../time/local.js';
import { deferPast, type QuietHours } from '../checkins/quiet-hours.js';
import type { Pace } from './vocabulary.js';

/** When nudges and questions about a pairing come: nobody is at work or asleep as a rule. */
const KIND_HOUR = Temporal.PlainTime.from('18:00');

/** Days from one nudge to the next. */
export const PACE_DAYS: Readonly<Record<Pace, number>> = { daily: 1, several: 3, weekly: 7, fortnightly: 14 };

/** Days after the beginning on which each is asked how it goes. */
export const CHECK_DAYS = [3, 30] as const;

/** Where somebody is, and when they want quiet. `zone`: IANA. */
export interface Place {
  readonly zone: string;
  readonly quiet?: QuietHours | undefined;
}

const { compare } = Temporal.Instant;

/** The kind hour of a local day; where that is a quiet one, when it ends. */
const kindHourOn = (day: Temporal.PlainDate, { zone, quiet }: Place): Temporal.Instant =>
  deferPast(quiet, instantOf(day.toPlainDateTime(KIND_HOUR), zone), zone);

const dayAt = (at: Temporal.Instant, { zone }: Place) => localAt(at, zone).toPlainDate();

/** The first kind hour of every `step` days after a day, that is later than an instant. */
function firstAfter(from: Temporal.PlainDate, step: number, after: Temporal.Instant, place: Place): Temporal.Instant {
  const gone = from.until(dayAt(after, place), { largestUnit: 'days' }).days;
  // A step back, because quiet hours may put the one of yesterday off until now.
  for (let turn = Math.max(1, Math.floor(gone / step) - 1); ; turn++) {
    const at = kindHourOn(from.add({ days: turn * step }), place);
    if (compare(at, after) > 0) return at;
  }
}

/** The first kind hour after an instant. */
export const kindHourAfter = (after: Temporal.Instant, place: Place): Temporal.Instant =>
  firstAfter(dayAt(after, place).subtract({ days: 2 }), 1, after, place);

/**
 * When one of two is nudged next: at their kind hour, whole paces after the local day from which the rhythm counts.
 * @param from when they began, or last said that they talked
 */
export const nextNudge = (from: Temporal.Instant, pace: Pace, after: Temporal.Instant, place: Place): Temporal.Instant =>
  firstAfter(dayAt(from, place), PACE_DAYS[pace], after, place);

/** When somebody is asked how it goes: at their kind hour, so many days after the local day on which it began. */
export const checkAt = (startedAt: Temporal.Instant, days: number, place: Place): Temporal.Instant =>
  kindHourOn(dayAt(startedAt, place).add({ days }), place);
