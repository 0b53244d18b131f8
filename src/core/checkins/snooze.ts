import { Temporal } from 'temporal-polyfill';
import { instantOf, localAt } from '../../time/local.js';
import { type QuietHours, quietAt } from './quiet-hours.js';

export const SNOOZES = ['ten-minutes', 'hour', 'tonight'] as const;
export type Snooze = (typeof SNOOZES)[number];

const TONIGHT = Temporal.PlainTime.from('20:00');
const LATER_TONIGHT = { hours: 2 };
/** A prompt just before quiet hours still leaves time to answer it. */
const BEFORE_QUIET = { minutes: 15 };
const SOONEST = { minutes: 10 };

function tonight(quiet: QuietHours | undefined, now: Temporal.Instant, zone: string): Temporal.Instant | undefined {
  const evening = instantOf(localAt(now, zone).toPlainDate().toPlainDateTime(TONIGHT), zone);
  const soonest = now.add(SOONEST);
  const wanted = Temporal.Instant.compare(evening, soonest) >= 0 ? evening : now.add(LATER_TONIGHT);
  const inside = quiet && quietAt(quiet, wanted, zone);
  const target = inside ? inside.from.subtract(BEFORE_QUIET) : wanted;
  const fits = Temporal.Instant.compare(target, soonest) >= 0 && !(quiet && quietAt(quiet, target, zone));
  return fits ? target : undefined;
}

/**
 * When a prompt comes again that a member put off.
 *
 * "Ten minutes" and "an hour" are kept to the minute, in quiet hours too: who taps is awake, and has just said when.
 * "Tonight" is 20:00 where the member is; from then on, two hours later. It never falls into quiet hours: then it comes a
 * quarter of an hour before they begin.
 *
 * @returns undefined when it cannot be offered: tonight is over, or quiet hours begin too soon
 */
export function snoozeUntil(
  snooze: Snooze,
  now: Temporal.Instant,
  zone: string,
  quiet?: QuietHours,
): Temporal.Instant | undefined {
  if (snooze === 'ten-minutes') return now.add({ minutes: 10 });
  if (snooze === 'hour') return now.add({ hours: 1 });
  return tonight(quiet, now, zone);
}
