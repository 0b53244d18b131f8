import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { instantOf, localAt } from '../../time/local.js';

/**
 * The next time between two and five in the morning.
 * @param id of what is looked at: each at a minute of its own, so that they do not all come at once
 * @param zone IANA, in which it is night
 */
export function nextNight(id: string, zone: string, now: Date): Date {
  const minutes = 120 + (createHash('sha256').update(id).digest().readUInt16BE(0) % 180);
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime());
  const time = new Temporal.PlainTime(Math.floor(minutes / 60), minutes % 60);
  const today = localAt(here, zone).toPlainDate();
  const nights = [0, 1, 2].map((days) => instantOf(today.add({ days }).toPlainDateTime(time), zone).epochMilliseconds);
  // Not twice in one night.
  return new Date(nights.find((at) => at > now.getTime() + 3 * 3_600_000) as number);
}
