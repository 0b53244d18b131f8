/** Which meetings come in which order. Whole ones are not read here: the database narrows, and which instant it is, is computed. */

import { Temporal } from 'temporal-polyfill';
import { weekClock, weekRanges } from '../../time/weekly.js';
import type { Window } from '../../time/wish-windows.js';
import type { Scope } from '../scope.js';
import { conditionOf, GRACE, type Search, type Where } from './search.js';

const HOUR = 3_600_000;
const ALMOST_WEEK = 6 * 24 * HOUR;
/** The week is searched in parts that grow, so that what begins soon is found without looking at everything. */
const PARTS = [2 * HOUR, 8 * HOUR, 32 * HOUR, Number.POSITIVE_INFINITY];
/** Words are mostly in few meetings, so the whole week is soon needed. */
const PARTS_FOR_WORDS = [8 * HOUR, Number.POSITIVE_INFINITY];
/** Of meetings without a time, which are only told of at the end. */
const BY_APPOINTMENT = 200;

/** A meeting, and when it begins in milliseconds; null: by appointment. */
export interface Hit {
  readonly id: string;
  readonly at: number | null;
}

/** Where a page ended: what comes after it is on the next one. */
export type Cursor = Hit;

/** The windows in parts, each at most as long as its turn allows. */
function* parts(windows: readonly Window[], lengths: readonly number[]): Generator<Window> {
  let turn = 0;
  for (const window of windows) {
    for (let from = window.from; from < window.to; ) {
      const to = Math.min(window.to, from + (lengths[turn] ?? Number.POSITIVE_INFINITY));
      yield { from, to };
      from = to;
      turn = Math.min(turn + 1, lengths.length - 1);
    }
  }
}

const instantAt = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms);
/** In the order of their beginning; those at the same time in an order that stays. */
const rise = (a: Hit, b: Hit) => (a.at ?? 0) - (b.at ?? 0) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** What may begin in a window, by the times of the week in each zone; zones whose clocks agree share a condition. */
function timeIn(window: Window, zones: readonly string[]): Where {
  const alike = new Map<string, { zones: string[]; ranges: ReturnType<typeof weekRanges> }>();
  for (const zone of zones) {
    const ranges = weekRanges(instantAt(window.from), instantAt(window.to), zone);
    const name = JSON.stringify(ranges);
    const known = alike.get(name);
    if (known) known.zones.push(zone);
    else alike.set(name, { zones: [zone], ranges });
  }
  return {
    OR: [...alike.values()].flatMap(({ zones, ranges }) =>
      ranges.map(({ from, to }) => ({ zone: { in: zones }, minute: { gte: from, lt: to } })),
    ),
  };
}

/** When something begins next, in whichever zone. */
function clocks(from: Temporal.Instant): (minute: number, zone: string) => number {
  const known = new Map<string, ReturnType<typeof weekClock>>();
  return (minute, zone) => {
    const clock = known.get(zone) ?? weekClock(zone, from);
    known.set(zone, clock);
    return clock(minute);
  };
}

interface Slot {
  readonly minute: number;
  readonly zone: string;
  readonly at: number;
  readonly count: number;
}

/** The times at which something begins in the window, next first: many meetings share one. */
async function slotsIn({ db }: Scope, window: Window, origin: number, zones: readonly string[], where: Where): Promise<Slot[]> {
  const rows = await db.meeting.groupBy({
    by: ['minute', 'zone'],
    where: { AND: [timeIn(window, zones), where] },
    _count: true,
  });
  const startOf = clocks(instantAt(window.from));
  const firstOf = clocks(instantAt(origin));
  /** A week in which the clocks are put forward is an hour short: then something could come twice. */
  const isFirst = ({ minute, zone, at }: Slot) => at < origin + ALMOST_WEEK || firstOf(minute, zone) === at;
  return rows
    .flatMap(({ minute, zone, _count }) => (minute === null ? [] : [{ minute, zone, at: startOf(minute, zone), count: _count }]))
    .filter((slot) => slot.at < window.to && isFirst(slot))
    .toSorted((a, b) => a.at - b.at);
}

/** As many slots as surely hold so many meetings, and all that begin at the same instant as the last of them. */
function enough(slots: readonly Slot[], count: number, after: Cursor | undefined): readonly Slot[] {
  let left = count;
  const last = slots.find((slot) => {
    // Of those at the instant where the page before ended, some were on it.
    if (slot.at !== after?.at) left -= slot.count;
    return left <= 0;
  });
  return last ? slots.filter(({ at }) => at <= last.at) : slots;
}

/**
 * What begins first in the window, in order; at least so many, if there are. The database narrows; which instant it is, is
 * computed here.
 */
async function hitsIn(scope: Scope, slots: readonly Slot[], where: Where): Promise<Hit[]> {
  if (slots.length === 0) return [];
  const times = slots.map(({ minute, zone }) => ({ minute, zone }));
  const rows = await scope.db.meeting.findMany({
    where: { AND: [{ OR: times }, where] },
    select: { id: true, minute: true, zone: true },
  });
  const starts = new Map(slots.map(({ minute, zone, at }) => [`${minute} ${zone}`, at]));
  return rows.map(({ id, minute, zone }) => ({ id, at: starts.get(`${minute} ${zone}`) ?? null })).toSorted(rise);
}

async function appointments({ db }: Scope, zones: readonly string[], where: Where, after: Cursor | undefined): Promise<Hit[]> {
  const past: Where = after?.at === null ? { id: { gt: after.id } } : {};
  const rows = await db.meeting.findMany({
    where: { AND: [{ zone: { in: [...zones] }, minute: null }, past, where] },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: BY_APPOINTMENT,
  });
  return rows.map(({ id }) => ({ id, at: null }));
}

/**
 * The meetings that are looked for, next first, those by appointment at the end.
 * @param zones of the sources that count
 * @param after where the page before ended
 * @param count at least so many, if there are
 */
export async function inOrder(
  scope: Scope,
  search: Search,
  zones: readonly string[],
  after: Cursor | undefined,
  count: number,
): Promise<Hit[]> {
  const where = conditionOf(search);
  const begin = Math.max(scope.now.getTime() - GRACE * 60_000, after?.at ?? 0);
  const windows = search.windows.map(({ from, to }) => ({ from: Math.max(from, begin), to })).filter(({ from, to }) => from < to);
  const found: Hit[] = [];
  for (const part of after?.at === null || zones.length === 0
    ? []
    : parts(windows, search.place === undefined ? PARTS : PARTS_FOR_WORDS)) {
    const slots = await slotsIn(scope, part, search.windows[0]?.from ?? part.from, zones, where);
    const some = await hitsIn(scope, enough(slots, count - found.length, after), where);
    found.push(...some.filter((hit) => !after || after.at === null || rise(hit, after) > 0));
    if (found.length >= count) return found;
  }
  return search.appointments ? [...found, ...(await appointments(scope, zones, where, after))] : found;
}
