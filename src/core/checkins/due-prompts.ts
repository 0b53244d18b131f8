import { Temporal } from 'temporal-polyfill';
import { latestLocalAt } from '../../time/local.js';
import { localKey, nextOccurrence, nextPromised, occurrencesBetween, type Schedule, type Skips } from '../../time/recurrence.js';
import { sortMissed } from './prompt-window.js';
import { deferPast, type QuietHours } from './quiet-hours.js';

/** A prompt whose promised time has come. */
export interface DuePrompt {
  /** The promised local time, as `localKey` writes it. */
  readonly local: string;
  /** When it is to be sent: later than now where quiet hours put it off. */
  readonly dueAt: Temporal.Instant;
  /** `dropped`: its window is over, a newer one takes its place, or it would break into quiet hours. */
  readonly state: 'waiting' | 'dropped';
}

export interface Settled {
  /** In their order; at most one of them waits. */
  readonly prompts: readonly DuePrompt[];
  /** Every promise up to this local time is settled now. */
  readonly settled: string;
  /** The next time; undefined when the schedule is over. */
  readonly next?: Temporal.Instant;
}

export interface Promises {
  readonly schedule: Schedule;
  readonly skips: Skips;
  /** Every promise up to this local time was settled before. */
  readonly settled: Temporal.PlainDateTime;
  /** Minutes. */
  readonly window: number;
  readonly quiet?: QuietHours;
}

/** After a long downtime, older prompts than these are not written down one by one: their windows were over long ago. */
const LOOK_BACK = { hours: 7 * 24 };

const isAfter = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) > 0;
const latest = (a: Temporal.Instant, b: Temporal.Instant) => (isAfter(a, b) ? a : b);

/** The promises of one schedule that fell due until now, with when they are to be sent. */
function fallen({ schedule, skips, settled, quiet }: Promises, dueAt: Temporal.Instant, now: Temporal.Instant) {
  const first = nextPromised(schedule, settled, dueAt, skips);
  if (!first || isAfter(first.at, now)) return { due: [], next: first?.at };
  const from = latest(first.at, now.subtract(LOOK_BACK));
  const found = [...(isAfter(from, first.at) ? [] : [first]), ...occurrencesBetween(schedule, from, now, skips)];
  const due = found.map(({ local, at }) => ({ local: localKey(local), dueAt: deferPast(quiet, at, schedule.zone) }));
  return { due, next: nextOccurrence(schedule, now, skips)?.at };
}

/**
 * What becomes of a schedule whose time has come: usually one prompt now, or when quiet hours end. After a downtime at most
 * one is sent, the latest that still has a meaning; every other one is dropped and accounted for.
 *
 * @param dueAt the promised instant that was planned
 */
export function settlePrompts(promises: Promises, dueAt: Temporal.Instant, now: Temporal.Instant): Settled {
  const { schedule, quiet, window } = promises;
  const { due, next } = fallen(promises, dueAt, now);
  if (due.length === 0) return { prompts: [], settled: localKey(promises.settled), ...(next && { next }) };
  const isQuiet = isAfter(deferPast(quiet, now, schedule.zone), now);
  const later = due.filter((prompt) => isAfter(prompt.dueAt, now)).at(-1);
  const { send } = sortMissed(
    due.filter((prompt) => !isAfter(prompt.dueAt, now)),
    now,
    window,
  );
  const chosen = later ?? (isQuiet ? undefined : send);
  return {
    prompts: due.map((prompt) => ({ ...prompt, state: prompt === chosen ? 'waiting' : 'dropped' })),
    settled: localKey(latestLocalAt(now, schedule.zone)),
    ...(next && { next }),
  };
}
