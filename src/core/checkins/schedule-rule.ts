import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { localAt } from '../../time/local.js';
import {
  checkSchedule,
  NO_SKIPS,
  nextOccurrence,
  type Occurrence,
  type Schedule,
  type ScheduleProblem,
  type Skips,
} from '../../time/recurrence.js';
import { readRule } from '../../time/rule.js';
import { anyDayOf } from '../../time/rule-days.js';
import type { SaidSchedule } from '../../time/say-schedule.js';

/** A schedule as it is kept: texts only, `2026-11-23` and `07:30`. Reading one makes sure that it can happen. */
export const keptScheduleSchema = z
  .object({
    rrule: z.string().max(500),
    start: z.iso.date(),
    times: z.array(z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u)).min(1),
    zone: z.string().min(1),
  })
  .refine(({ rrule, zone }) => {
    const read = readRule(rrule, zone);
    return read.ok && read.rrule === rrule && read.times.length === 0;
  });

export type KeptSchedule = z.infer<typeof keptScheduleSchema>;

export const keepSchedule = ({ rrule, start, times, zone }: Schedule): KeptSchedule => ({
  rrule,
  start: start.toString(),
  times: times.map((time) => time.toString({ smallestUnit: 'minute' })),
  zone,
});

export const openSchedule = ({ rrule, start, times, zone }: KeptSchedule): Schedule => ({
  rrule,
  start: Temporal.PlainDate.from(start),
  times: times.map((time) => Temporal.PlainTime.from(time)),
  zone,
});

/**
 * Begins a schedule that a member has just said. It starts on the first day of its kind that still has a time to come, so
 * that "every other Sunday" begins with the next Sunday, and "every 3 days at noon", said in the afternoon, tomorrow.
 *
 * @param zone IANA, where the member is
 */
export function beginSchedule(
  { rrule, times }: SaidSchedule,
  zone: string,
  now: Temporal.Instant,
): { readonly ok: true; readonly schedule: Schedule } | { readonly ok: false; readonly why: ScheduleProblem } {
  const today = localAt(now, zone).toPlainDate();
  const open = { rrule, start: today, times, zone };
  const problem = checkSchedule(open);
  if (problem) return { ok: false, why: problem };
  const first = nextOccurrence({ ...open, rrule: anyDayOf(rrule) }, now);
  const schedule = { ...open, start: first?.local.toPlainDate() ?? today };
  const never = checkSchedule(schedule);
  return never ? { ok: false, why: never } : { ok: true, schedule };
}

/** The next few occurrences, for the member to confirm. */
export function upcoming(schedule: Schedule, now: Temporal.Instant, count: number, skips: Skips = NO_SKIPS): Occurrence[] {
  const found: Occurrence[] = [];
  let after = now;
  while (found.length < count) {
    const next = nextOccurrence(schedule, after, skips);
    if (!next) break;
    found.push(next);
    after = next.at;
  }
  return found;
}
