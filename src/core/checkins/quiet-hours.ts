import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type DayTimes, daySpan, type InstantSpan, isIn } from '../../time/day-span.js';
import { localAt } from '../../time/local.js';

/** Local times of day between which the bot says nothing of its own accord. `to` before `from`: past midnight. */
export type QuietHours = DayTimes;

/** Somebody who can never be reached would wait for prompts that never come. */
const LEAST_AWAKE_MINUTES = 60;
const DAY_MINUTES = 1440;

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u);

const minutesFrom = (from: Temporal.PlainTime, to: Temporal.PlainTime): number =>
  (from.until(to).total('minutes') + DAY_MINUTES) % DAY_MINUTES;

/** Quiet hours as they are kept: `{ from: '22:00', to: '07:00' }`, with at least an hour of the day left. */
export const quietHoursSchema = z
  .object({ from: timeOfDay, to: timeOfDay })
  .transform(({ from, to }): QuietHours => ({ from: Temporal.PlainTime.from(from), to: Temporal.PlainTime.from(to) }))
  .refine(({ from, to }) => minutesFrom(to, from) >= LEAST_AWAKE_MINUTES);

/** The quiet hours that an instant lies in; their end is not in them. */
export function quietAt(quiet: QuietHours, at: Temporal.Instant, zone: string): InstantSpan | undefined {
  const day = localAt(at, zone).toPlainDate();
  return [-1, 0, 1].map((days) => daySpan(quiet, day.add({ days }), zone)).find((span) => isIn(span, at));
}

/**
 * When something that is due may be sent: at once, or when the quiet hours end.
 *
 * @param zone IANA, where the member is
 */
export function deferPast(quiet: QuietHours | undefined, at: Temporal.Instant, zone: string): Temporal.Instant {
  const inside = quiet && quietAt(quiet, at, zone);
  // A gap of the clocks can swallow the hour between two quiet times, so the end of one may lie in the next.
  return inside ? deferPast(quiet, inside.to, zone) : at;
}
