import { Temporal } from 'temporal-polyfill';
import { dayOf, instantOf } from '../../time/local.js';
import { deferPast } from '../checkins/quiet-hours.js';
import { dateOf, instant } from '../checkins/schedules/kept.js';
import { checkAt, type Place } from '../pairing/rhythm-times.js';
import type { SavedDetails } from './details.js';

const DAY = 24 * 3_600_000;
/** Days after which somebody is asked whether they reached what they saved. */
export const ASK_DAYS = 7;
/** Nobody remembers what they meant longer ago than that. */
const FARTHEST = 366 * DAY;
/** A day without a time: most doors are open by then. */
const MORNING = Temporal.PlainTime.from('10:00');

/** A moment that somebody named in words. */
export interface Named {
  readonly instant: Date;
  /** False for a day without a time, of which `instant` is the beginning. */
  readonly hasTime: boolean;
}

/**
 * When a reminder comes. A time that somebody named is kept to the minute, in their quiet hours too: it is theirs. Of a day alone it is
 * 10:00 where they are, or when quiet hours end.
 * @returns `past` and `far` where it cannot come
 */
export function reminderAt({ instant: at, hasTime }: Named, now: Date, { zone, quiet }: Place): Date | 'past' | 'far' {
  const morning = () => deferPast(quiet, instantOf(dayOf(at, zone).toPlainDateTime(MORNING), zone), zone);
  const when = hasTime ? at : dateOf(morning());
  if (when <= now) return 'past';
  return when.getTime() - now.getTime() > FARTHEST ? 'far' : when;
}

/**
 * When somebody is asked about what they saved: in their own evening, a week after they saved it or, where that is later, after the time
 * at which they wanted to be reminded; or when they chose to be asked again.
 * @returns undefined when they are not asked (any more)
 */
export function askAt(
  { savedAt, remindAt, askedAt, againAt }: Pick<SavedDetails, 'savedAt' | 'remindAt' | 'askedAt' | 'againAt'>,
  place: Place,
): Date | undefined {
  if (againAt !== undefined) return new Date(againAt);
  if (askedAt !== undefined) return undefined;
  const from = new Date(Math.max(Date.parse(savedAt), remindAt === undefined ? 0 : Date.parse(remindAt)));
  return dateOf(checkAt(instant(from), ASK_DAYS, place));
}

/** In the evening so many weeks from now. */
export const inWeeks = (weeks: number, now: Date, place: Place): Date => dateOf(checkAt(instant(now), weeks * 7, place));
