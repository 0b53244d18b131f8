import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { partsOf, WEEKDAYS, type Weekday } from './rule.js';

const DAY = 86_400_000;

const epochDay = (day: Temporal.PlainDate): number => Date.UTC(day.year, day.month - 1, day.day) / DAY;

function dayAt(epoch: number): Temporal.PlainDate {
  const date = new Date(epoch * DAY);
  return new Temporal.PlainDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

/** 0 is Monday; 1 January 1970, epoch day 0, was a Thursday. */
const weekdayOf = (epoch: number): number => (((epoch + 3) % 7) + 7) % 7;

const SIMPLE_DAILY = /^FREQ=DAILY(?:;INTERVAL=(\d+))?$/u;
const SIMPLE_WEEKLY = /^FREQ=WEEKLY(?:;INTERVAL=(\d+))?;BYDAY=([A-Z,]+)$/u;

function nextDaily(start: number, from: number, interval: number): number {
  if (from <= start) return start;
  return start + Math.ceil((from - start) / interval) * interval;
}

/** Weeks begin on Monday, RFC 5545's default; the week of `start` is the first. */
function nextWeekly(start: number, from: number, interval: number, days: readonly number[]): number {
  const first = Math.max(start, from);
  const monday = start - weekdayOf(start);
  const week = Math.floor((first - monday) / 7);
  const due = Math.ceil(week / interval) * interval;
  const earliest = due === week ? weekdayOf(first) : 0;
  const weekday = days.find((day) => day >= earliest);
  return weekday === undefined ? monday + (due + interval) * 7 + (days[0] as number) : monday + due * 7 + weekday;
}

/** Most schedules are daily or weekly; arithmetic answers those without its set-up. */
function nextSimple(rrule: string, start: number, from: number): number | undefined {
  const daily = SIMPLE_DAILY.exec(rrule);
  if (daily) return nextDaily(start, from, Number(daily[1] ?? 1));
  const weekly = SIMPLE_WEEKLY.exec(rrule);
  if (!weekly) return undefined;
  const days = (weekly[2] as string).split(',').map((day) => WEEKDAYS.indexOf(day as Weekday));
  return nextWeekly(start, from, Number(weekly[1] ?? 1), days);
}

/**
 * How far the library may search for one day. Eight years, the longest wait for 29 February, are 2,922 steps of a daily rule;
 * a rule that needs more is refused when it is made. (A cap on candidates as well would cost the library its own shortcuts.)
 */
const REACH = { maxIterations: 3000 };

/** The library walks the calendar in UTC at midnight, so that no clock change comes between a rule and its days. */
function nextByLibrary(rrule: string, start: number, from: number): number | undefined {
  const dtstart = dayAt(start).toZonedDateTime('UTC');
  const rule = new RRuleTemporal({ rruleString: `RRULE:${rrule}`, dtstart, ...REACH });
  try {
    const next = rule.next(new Date(Math.max(start, from) * DAY), true);
    return next ? next.epochMilliseconds / DAY : undefined;
  } catch (error) {
    if (error instanceof Error && /exceeded/u.test(error.message)) return undefined;
    throw error;
  }
}

/**
 * The first local day of a rule on or after `from`; undefined when there is none within reach.
 *
 * @param rrule as `readRule` normalised it
 * @param start what intervals and counts begin at, as DTSTART does; no day lies before it
 */
export function nextDay(rrule: string, start: Temporal.PlainDate, from: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const [begin, after] = [epochDay(start), epochDay(from)];
  const next = nextSimple(rrule, begin, after) ?? nextByLibrary(rrule, begin, after);
  return next === undefined ? undefined : dayAt(next);
}

/** Same as {@link nextDay} without the shortcut: what the shortcut is tested against. */
export const nextDayByLibrary = (rrule: string, start: Temporal.PlainDate, from: Temporal.PlainDate) => {
  const next = nextByLibrary(rrule, epochDay(start), epochDay(from));
  return next === undefined ? undefined : dayAt(next);
};

/** The rule without its interval and its end: on which kind of day it happens. */
export const anyDayOf = (rrule: string): string =>
  [...partsOf(rrule)]
    .filter(([name]) => name !== 'INTERVAL' && name !== 'COUNT' && name !== 'UNTIL')
    .map(([name, value]) => `${name}=${value}`)
    .join(';');
