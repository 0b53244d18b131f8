import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { latestLocalAt, localAt } from '../../src/time/local.js';
import { localKey, nextOccurrence, nextPromised, type Occurrence, orderTimes, type Schedule } from '../../src/time/recurrence.js';
import { changesOf, FROM, instant, minute, minuteOf, wall, ZONES } from './oracle.js';

const { Instant, PlainDate, PlainTime } = Temporal;

interface Move {
  readonly at: number;
  /** Undefined: the member stays, and the next time is only worked out anew. */
  readonly zone: string | undefined;
}

/** What came, and in which zone the member was then. */
interface Kept extends Occurrence {
  readonly zone: string;
  /** The move that brought it, when it was overdue in the new zone. */
  readonly moved?: number;
}

const later = (a: Temporal.PlainDateTime, b: Temporal.PlainDateTime) => (Temporal.PlainDateTime.compare(a, b) > 0 ? a : b);

/** A member who lives with a schedule and travels: what an engine does that calls the two functions as they say. */
function live(begin: Schedule, moves: readonly Move[], from: number, until: number): Kept[] {
  const kept: Kept[] = [];
  let schedule = begin;
  let settled = latestLocalAt(instant(from), schedule.zone);
  let next = nextOccurrence(schedule, instant(from));
  let moved: number | undefined;
  const keepUntil = (end: number) => {
    while (next && minute(next.at) <= end) {
      kept.push({ ...next, zone: schedule.zone, ...(moved !== undefined && minute(next.at) === moved && { moved }) });
      settled = latestLocalAt(next.at, schedule.zone);
      next = nextOccurrence(schedule, next.at);
    }
  };
  for (const move of [...moves].sort((a, b) => a.at - b.at)) {
    keepUntil(move.at);
    schedule = { ...schedule, zone: move.zone ?? schedule.zone };
    // What came at this very instant keeps what the journey skips as well.
    const last = kept.at(-1);
    if (last && minute(last.at) === move.at) settled = later(settled, latestLocalAt(last.at, schedule.zone));
    next = nextPromised(schedule, settled, instant(move.at));
    moved = move.zone === undefined ? moved : move.at;
  }
  keepUntil(until);
  return kept;
}

const daily = (zone: string, ...times: string[]): Schedule => ({
  rrule: 'FREQ=DAILY',
  start: PlainDate.from('2026-11-01'),
  times: times.map((time) => PlainTime.from(time)),
  zone,
});
const at = (text: string) => minute(Instant.from(text));
const story = (schedule: Schedule, moves: Record<string, string>, from: string, until: string) =>
  live(
    schedule,
    Object.entries(moves).map(([time, zone]) => ({ at: at(time), zone })),
    at(from),
    at(until),
  ).map((each) => `${localKey(each.local)} came at ${localKey(localAt(each.at, each.zone))}`);

test('east: what the journey skipped comes once, on arrival', () => {
  // 22:00 on Monday in New York is noon on Tuesday in Tokyo: Tuesday's eight o'clock was skipped.
  const told = story(
    daily('America/New_York', '08:00'),
    { '2027-03-02T03:00Z': 'Asia/Tokyo' },
    '2027-03-01T00:00Z',
    '2027-03-04T00:00Z',
  );
  expect(told).toEqual([
    '2027-03-01T08:00 came at 2027-03-01T08:00',
    '2027-03-02T08:00 came at 2027-03-02T12:00',
    '2027-03-03T08:00 came at 2027-03-03T08:00',
    '2027-03-04T08:00 came at 2027-03-04T08:00',
  ]);
});

test('west: what happened already does not happen again', () => {
  // 09:00 on Tuesday in Tokyo is 19:00 on Monday in New York: Tuesday's eight o'clock has been.
  const told = story(
    daily('Asia/Tokyo', '08:00'),
    { '2027-03-02T00:00Z': 'America/New_York' },
    '2027-02-28T20:00Z',
    '2027-03-04T00:00Z',
  );
  expect(told).toEqual([
    '2027-03-01T08:00 came at 2027-03-01T08:00',
    '2027-03-02T08:00 came at 2027-03-02T08:00',
    '2027-03-03T08:00 came at 2027-03-03T08:00',
  ]);
});

test('a move that skips nothing changes nothing but the hour', () => {
  const told = story(
    daily('Europe/Madrid', '20:00'),
    { '2027-02-02T09:00Z': 'Europe/London' },
    '2027-02-01T00:00Z',
    '2027-02-03T00:00Z',
  );
  expect(told).toEqual(['2027-02-01T20:00 came at 2027-02-01T20:00', '2027-02-02T20:00 came at 2027-02-02T20:00']);
});

test('what one prompt kept does not come again when the next time is worked out anew', () => {
  const schedule = daily('Europe/Madrid', '02:15', '02:45', '08:00');
  const gap = Instant.from('2027-03-28T01:00Z');
  expect(nextOccurrence(schedule, gap.subtract({ minutes: 1 }))?.at.equals(gap)).toBe(true);
  const again = nextPromised(schedule, latestLocalAt(gap, schedule.zone), gap.add({ minutes: 30 }));
  expect(again && localKey(again.local)).toBe('2027-03-28T08:00');
});

test('several times skipped by one journey are one prompt', () => {
  const told = story(
    daily('America/Los_Angeles', '08:00', '13:00', '20:00'),
    { '2027-03-02T05:00Z': 'Asia/Tokyo' },
    '2027-03-01T22:00Z',
    '2027-03-02T12:00Z',
  );
  expect(told).toEqual([
    '2027-03-01T20:00 came at 2027-03-01T20:00',
    '2027-03-02T08:00 came at 2027-03-02T14:00',
    '2027-03-02T20:00 came at 2027-03-02T20:00',
  ]);
});

test('the date line: a day that a member never had is kept by one prompt, a day had twice by its first', () => {
  const honolulu = daily('Pacific/Honolulu', '08:00');
  expect(story(honolulu, { '2027-03-01T17:00Z': 'Pacific/Kiritimati' }, '2027-02-28T12:00Z', '2027-03-02T00:00Z')).toEqual([
    '2027-02-28T08:00 came at 2027-02-28T08:00',
    '2027-03-01T08:00 came at 2027-03-02T07:00',
    '2027-03-02T08:00 came at 2027-03-02T08:00',
  ]);
  const kiritimati = daily('Pacific/Kiritimati', '08:00');
  expect(story(kiritimati, { '2027-03-01T19:00Z': 'Pacific/Honolulu' }, '2027-02-28T12:00Z', '2027-03-04T00:00Z')).toEqual([
    '2027-03-01T08:00 came at 2027-03-01T08:00',
    '2027-03-02T08:00 came at 2027-03-02T08:00',
    '2027-03-03T08:00 came at 2027-03-03T08:00',
  ]);
});

test('a zone set by mistake and put right at once: what the wrong clock had passed was kept by one prompt, the rest comes', () => {
  const told = story(
    daily('America/New_York', '08:00', '20:00'),
    { '2027-03-02T03:00Z': 'Asia/Tokyo', '2027-03-02T03:01Z': 'America/New_York' },
    '2027-03-01T20:00Z',
    '2027-03-03T14:00Z',
  );
  expect(told).toEqual([
    '2027-03-01T20:00 came at 2027-03-01T20:00',
    '2027-03-02T08:00 came at 2027-03-02T12:00',
    '2027-03-02T20:00 came at 2027-03-02T20:00',
    '2027-03-03T08:00 came at 2027-03-03T08:00',
  ]);
});

const DAYS = 60;
const zoneWithChanges = fc.constantFrom(...ZONES);

const lives = fc.record({
  zone: zoneWithChanges,
  interval: fc.integer({ min: 1, max: 3 }),
  times: fc.array(fc.integer({ min: 0, max: 1439 }), { minLength: 1, maxLength: 4 }),
  from: fc.integer({ min: FROM + 1440, max: FROM + 1440 * 1500 }),
  moves: fc.array(
    fc.record({ after: fc.integer({ min: 0, max: DAYS * 1440 }), zone: fc.option(zoneWithChanges, { nil: undefined }) }),
    { maxLength: 8 },
  ),
});

test('wherever members go: each promised time once, at its local time, none twice, none lost', () => {
  fc.assert(
    fc.property(lives, ({ zone, interval, times, from, moves }) => {
      const start = localAt(instant(from), 'UTC').toPlainDate().subtract({ days: 2 });
      const schedule: Schedule = {
        rrule: interval === 1 ? 'FREQ=DAILY' : `FREQ=DAILY;INTERVAL=${interval}`,
        start,
        times: orderTimes(times.map((each) => PlainTime.from('00:00').add({ minutes: each }))),
        zone,
      };
      const until = from + DAYS * 1440;
      const journey = moves.map((move) => ({ at: from + move.after, zone: move.zone })).sort((a, b) => a.at - b.at);
      const kept = live(schedule, journey, from, until);

      for (const [i, one] of kept.entries()) {
        const due = minuteOf(one.local, changesOf(one.zone));
        // At its local time; later only on arrival, when the journey skipped it.
        if (one.moved === undefined) expect(minute(one.at)).toBe(due);
        else expect(minute(one.at)).toBe(Math.max(due, one.moved));
        const before = kept[i - 1];
        if (!before) continue;
        expect(wall(one.local)).toBeGreaterThan(wall(before.local));
        expect(minute(one.at)).toBeGreaterThan(minute(before.at));
      }

      const days = Array.from({ length: Math.ceil((DAYS + 6) / interval) }, (_, i) => start.add({ days: i * interval }));
      const promised = days.flatMap((day) => schedule.times.map((time) => day.toPlainDateTime(time)));
      const begun = wall(latestLocalAt(instant(from), zone));
      const [names, last] = [new Set(kept.map(({ local }) => localKey(local))), kept.at(-1)];
      for (const local of promised) {
        if (wall(local) <= begun || !last || wall(local) > wall(last.local) || names.has(localKey(local))) continue;
        // Not itself a prompt: then the one before it came no sooner than this one was due.
        const by = kept.filter((one) => wall(one.local) < wall(local)).at(-1) as Kept;
        expect(by).toBeDefined();
        const zones = [by.zone, ...journey.flatMap((move) => (move.at === minute(by.at) ? (move.zone ?? []) : []))];
        expect(Math.min(...zones.map((each) => minuteOf(local, changesOf(each))))).toBeLessThanOrEqual(minute(by.at));
      }
      // And nothing is still owed at the end: the next one lies ahead.
      const home = journey.findLast((move) => move.zone !== undefined)?.zone ?? zone;
      const there = last
        ? [last.zone, ...journey.flatMap((move) => (move.at === minute(last.at) ? (move.zone ?? []) : []))]
        : [zone];
      const settled = there.map((each) => latestLocalAt(last?.at ?? instant(from), each)).reduce(later);
      const owed = promised.find((local) => wall(local) > wall(settled) && minuteOf(local, changesOf(home)) <= until);
      expect(owed).toBeUndefined();
    }),
    { numRuns: 120 },
  );
});
