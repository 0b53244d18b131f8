import { Temporal } from 'temporal-polyfill';
import { instantOf, localAt } from '../../time/local.js';
import { deferPast, type QuietHours, quietAt } from '../checkins/quiet-hours.js';

/** Once a day, for every member who keeps something of that kind, so that the hour of the look says nothing of any date. */
const LOOK_AT = Temporal.PlainTime.from('09:00');
/** A look that comes late, after a downtime, waits for the next day when somebody may be asleep. */
const AWAKE = { from: 8, to: 22 } as const;
const ON_TIME = { minutes: 30 };

/** The first time after an instant at which what a member keeps is looked at: 9:00 where they are, or when quiet hours end. */
export function nextLook(after: Temporal.Instant, zone: string, quiet?: QuietHours): Temporal.Instant {
  const today = localAt(after, zone).toPlainDate();
  for (let days = 0; ; days++) {
    const at = deferPast(quiet, instantOf(today.add({ days }).toPlainDateTime(LOOK_AT), zone), zone);
    if (Temporal.Instant.compare(at, after) > 0) return at;
  }
}

/** Whether a look that was promised for `dueAt` may speak now. */
export function maySpeak(dueAt: Temporal.Instant, now: Temporal.Instant, zone: string, quiet?: QuietHours): boolean {
  if (quiet && quietAt(quiet, now, zone)) return false;
  const { hour } = localAt(now, zone);
  const isOnTime = Temporal.Instant.compare(now, dueAt.add(ON_TIME)) <= 0;
  return (isOnTime && quiet !== undefined) || (hour >= AWAKE.from && hour < AWAKE.to);
}
