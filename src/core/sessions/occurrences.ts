import { Temporal } from 'temporal-polyfill';
import type { Occurrence, Session } from '../../db/generated/client.js';
import { instantOf } from '../../time/local.js';
import { localKey, occurrencesBetween, type Schedule } from '../../time/recurrence.js';
import { openSchedule } from '../checkins/schedule-rule.js';
import { dateOf, instant } from '../checkins/schedules/kept.js';

/** What decides when a session happens. */
export type SessionRule = Pick<Session, 'rrule' | 'start' | 'time' | 'zone' | 'minutes' | 'skips' | 'state'>;
/** A row that says something of one date. */
export type Exception = Pick<Occurrence, 'id' | 'local' | 'startsAt' | 'minutes' | 'state'>;

/** One date of a session, whether it has a row or not. */
export interface SessionDate<E extends Exception = Exception> {
  /** The local time by the rule: names it, also after it was moved. */
  readonly local: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly row?: E;
}

/** @returns undefined for a session that happens once */
export const scheduleOf = ({ rrule, start, time, zone }: SessionRule): Schedule | undefined =>
  rrule === null ? undefined : openSchedule({ rrule, start, times: [time], zone });

/** The dates by the rule alone, whose start lies after one instant and until another. */
function* byRule(session: SessionRule, after: Date, until: Date): Generator<{ local: string; startsAt: Date }> {
  const schedule = scheduleOf(session);
  if (schedule) {
    const skips = new Set(session.skips);
    for (const { local, at } of occurrencesBetween(schedule, instant(after), instant(until), skips))
      yield { local: localKey(local), startsAt: dateOf(at) };
    return;
  }
  const local = Temporal.PlainDate.from(session.start).toPlainDateTime(Temporal.PlainTime.from(session.time));
  const startsAt = dateOf(instantOf(local, session.zone));
  if (startsAt > after && startsAt <= until && !session.skips.includes(localKey(local)))
    yield { local: localKey(local), startsAt };
}

/** When a date would be if nobody had moved it. */
export const startByRule = ({ local, zone }: Pick<Occurrence, 'local' | 'zone'>): Date =>
  dateOf(instantOf(Temporal.PlainDateTime.from(local), zone));

const lasting = (startsAt: Date, minutes: number) => ({ startsAt, endsAt: new Date(startsAt.getTime() + minutes * 60_000) });

/**
 * The dates of a session that start after one instant and until another, rising; cancelled ones among them, with their row.
 * A row takes the place of its date by the rule, wherever it was moved to; rows of dates that the rule no longer has (it was
 * edited) count only while somebody needs them, so pass just the rows that are still meant.
 * @param rows all rows whose own start, or whose date by the rule, may lie in the span
 */
export function datesOf<E extends Exception>(
  session: SessionRule,
  rows: readonly E[],
  after: Date,
  until: Date,
): SessionDate<E>[] {
  const byLocal = new Map(rows.map((row) => [row.local, row]));
  const plain = session.state === 'active' ? [...byRule(session, after, until)].filter(({ local }) => !byLocal.has(local)) : [];
  const dates = [
    ...plain.map(({ local, startsAt }): SessionDate<E> => ({ local, ...lasting(startsAt, session.minutes) })),
    ...rows
      .filter(({ startsAt }) => startsAt > after && startsAt <= until)
      .map((row): SessionDate<E> => ({ local: row.local, ...lasting(row.startsAt, row.minutes), row })),
  ];
  return dates.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
}
