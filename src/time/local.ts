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

/** The member's day: the local date of an instant. */
export const dayOf = (at: Date, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate();

/** The first instant of a local day. */
export const startOfDay = (day: Temporal.PlainDate, zone: string): Date =>
  new Date(instantOf(day.toPlainDateTime(), zone).epochMilliseconds);
