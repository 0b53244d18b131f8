import { Temporal } from 'temporal-polyfill';

/**
 * The instant of a local wall time. A time that the clocks skip happens at the first instant after the gap; one that they
 * show twice happens the first time (design: product.md, "Time").
 */
export function instantOf(local: Temporal.PlainDateTime, zone: string): Temporal.Instant {
  const early = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (early.toPlainDateTime().equals(local)) return early.toInstant();
  return early.getTimeZoneTransition('next')?.toInstant() ?? early.toInstant();
}

/** What the clocks of a zone show at an instant. */
export const localAt = (at: Temporal.Instant, zone: string): Temporal.PlainDateTime =>
  at.toZonedDateTimeISO(zone).toPlainDateTime();

/** Clocks have never been put back by more than a day. */
const LONGEST_OVERLAP = { hours: 25 };

/**
 * The latest wall time that the clocks of a zone have shown until an instant. It differs from {@link localAt} only while the
 * clocks show a time for the second time: then what they showed just before they were put back is later.
 */
export function latestLocalAt(at: Temporal.Instant, zone: string): Temporal.PlainDateTime {
  const here = at.toZonedDateTimeISO(zone);
  const shown = here.toPlainDateTime();
  // Looking for the change itself takes long in zones that had none for decades, so first see whether there was one.
  if (here.subtract(LONGEST_OVERLAP).offsetNanoseconds <= here.offsetNanoseconds) return shown;
  const changed = here.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  if (!changed) return shown;
  const before = localAt(changed.toInstant().subtract({ nanoseconds: 1 }), zone);
  return Temporal.PlainDateTime.compare(before, shown) > 0 ? before : shown;
}

/** The member's day: the local date of an instant. */
export const dayOf = (at: Date, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate();

/** When a local day began. @param ago how many days before that of the instant */
export const startOfDay = (at: Date, zone: string, ago = 0): Date =>
  new Date(dayOf(at, zone).subtract({ days: ago }).toZonedDateTime(zone).epochMilliseconds);
