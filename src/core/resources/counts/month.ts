import { dayOf } from '../../../time/local.js';

/** What is counted of a month is forgotten at its end, but for the numbers; the subject is the community. */
export const MONTH_OVER = 'resource.month';

/** YYYY-MM. @param zone IANA */
export const monthOf = (at: Date, zone: string): string => dayOf(at, zone).toPlainYearMonth().toString();

/** YYYY-MM of the month before. */
export const monthBefore = (at: Date, zone: string): string =>
  dayOf(at, zone).toPlainYearMonth().subtract({ months: 1 }).toString();

/** When the month is over there. */
export const endOfMonth = (at: Date, zone: string): Date =>
  new Date(dayOf(at, zone).with({ day: 1 }).add({ months: 1 }).toZonedDateTime(zone).epochMilliseconds);
