import { Temporal } from 'temporal-polyfill';
import { instantOf } from './local.js';

/** An instant at which the clocks of a zone were put forward or back. */
export interface ClockChange {
  readonly at: Temporal.Instant;
  /** Seconds east of Greenwich. */
  readonly before: number;
  readonly after: number;
}

export const offsetAt = (at: Temporal.Instant, zone: string): number => at.toZonedDateTimeISO(zone).offsetNanoseconds / 1e9;

/** Every change of a zone's clocks after one instant and until another, rising. Takes up to a tenth of a second for ten years. */
export function changesBetween(zone: string, after: Temporal.Instant, until: Temporal.Instant): ClockChange[] {
  const changes: ClockChange[] = [];
  let here = after.toZonedDateTimeISO(zone);
  for (;;) {
    const next = here.getTimeZoneTransition('next');
    if (!next || Temporal.Instant.compare(next.toInstant(), until) > 0) return changes;
    const [before, after_] = [offsetAt(next.toInstant().subtract({ nanoseconds: 1 }), zone), next.offsetNanoseconds / 1e9];
    if (before !== after_) changes.push({ at: next.toInstant(), before, after: after_ });
    here = next;
  }
}

/** Whether the clocks show a wall time exactly once. */
const isUnique = (local: Temporal.PlainDateTime, zone: string): boolean => {
  const [early, late] = (['earlier', 'later'] as const).map((disambiguation) => local.toZonedDateTime(zone, { disambiguation }));
  return early?.epochNanoseconds === late?.epochNanoseconds;
};

/**
 * Whether a span means the same to everybody who reads its two ends on a clock: both are shown exactly once, and as many
 * minutes lie between them as it seems.
 */
export function isPlainSpan(local: Temporal.PlainDateTime, minutes: number, zone: string): boolean {
  const end = local.add({ minutes });
  if (!isUnique(local, zone) || !isUnique(end, zone)) return false;
  return instantOf(end, zone).equals(instantOf(local, zone).add({ minutes }));
}
