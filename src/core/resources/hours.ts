import { type Fields, isFields, readClock, readZone } from '../lists/read.js';

const DAY = 24 * 60;
const WEEK = 7 * DAY;
const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** From 0, Sunday, of `MO,TU`, or of the names of days in English and Spanish. */
function daysOf(value: unknown): readonly number[] {
  if (typeof value !== 'string') return [];
  const names = value.toUpperCase().split(/[^\p{L}0-9+-]+/u);
  const days = names.flatMap((name) => {
    const day = DAYS.indexOf(name.replace(/^[+-]?\d+/u, '').slice(0, 2));
    return day < 0 ? [] : [day];
  });
  return [...new Set(days)];
}

/** Openings that touch or overlap become one. @param spans each from its opening to its closing */
function join(spans: readonly (readonly [number, number])[]): number[] {
  const rising = spans.toSorted((a, b) => a[0] - b[0]);
  const joined: [number, number][] = [];
  for (const [from, to] of rising) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined.flat();
}

/** One weekly opening; a closing at or before the opening is on the next day. Nothing where it is not the same every week. */
function spansOf(schedule: Fields): readonly (readonly [number, number])[] {
  const isWeekly = schedule.freq === undefined || schedule.freq === null || schedule.freq === '' || schedule.freq === 'WEEKLY';
  const interval = Number(schedule.interval ?? 1) || 1;
  const opens = readClock(schedule.opens_at);
  const closes = readClock(schedule.closes_at);
  if (!isWeekly || interval !== 1 || opens === undefined || closes === undefined) return [];
  return daysOf(schedule.byday ?? schedule.weekday).flatMap((day) => {
    const from = day * DAY + opens;
    const to = day * DAY + closes + (closes <= opens ? DAY : 0);
    return to <= WEEK
      ? [[from, to]]
      : ([
          [from, WEEK],
          [0, to - WEEK],
        ] as [number, number][]);
  }) as (readonly [number, number])[];
}

export interface Hours {
  /** Minutes since Sunday 00:00: each opening followed by its closing; empty: not known. */
  readonly hours: readonly number[];
  /** IANA. */
  readonly zone?: string;
  /** Some of them could not be read, or were not the same every week. */
  readonly isOdd: boolean;
  /** A zone was given that is none, such as an offset, which would not know when the clocks change. */
  readonly isZoneOdd: boolean;
}

/** Reads HSDS' schedules. */
export function readHours(schedules: readonly unknown[]): Hours {
  const given = schedules.filter(isFields).slice(0, 100);
  const spans = given.map(spansOf);
  const zones = given.map(({ timezone }) => timezone).filter((zone) => zone !== undefined && zone !== null && zone !== '');
  const zone = zones.map(readZone).find((one) => one !== undefined);
  const isOdd = given.some(({ opens_at: opens }, i) => typeof opens === 'string' && opens !== '' && spans[i]?.length === 0);
  // What is half known would say that it is closed when it is open.
  return {
    hours: isOdd ? [] : join(spans.flat()),
    ...(zone !== undefined && { zone }),
    isOdd,
    isZoneOdd: zones.length > 0 && zone === undefined,
  };
}

/** Whether it is open at a minute of the week, and until which; undefined: closed. */
export function openUntil(hours: readonly number[], minute: number): number | undefined {
  for (let i = 0; i + 1 < hours.length; i += 2) {
    const [from = 0, to = 0] = hours.slice(i, i + 2);
    if (minute >= from && minute < to) return to;
  }
  return undefined;
}

/** The openings of a day of the week, from 0, Sunday, in minutes since its midnight. */
export function openingsOn(hours: readonly number[], day: number): readonly (readonly [from: number, to: number])[] {
  const openings: [number, number][] = [];
  for (let i = 0; i + 1 < hours.length; i += 2) {
    const from = Math.max((hours[i] ?? 0) - day * DAY, 0);
    const to = Math.min((hours[i + 1] ?? 0) - day * DAY, DAY);
    if (from < to) openings.push([from, to]);
  }
  return openings;
}
