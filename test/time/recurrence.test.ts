import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { instantOf, latestLocalAt, localAt } from '../../src/time/local.js';
import {
  checkSchedule,
  localKey,
  NO_SKIPS,
  nextOccurrence,
  occurrencesBetween,
  orderTimes,
  type Schedule,
} from '../../src/time/recurrence.js';
import { changesOf, FROM, instant, minute, minuteOf, UNTIL, wall, ZONES } from './oracle.js';

const { PlainDate, PlainDateTime, PlainTime } = Temporal;
const daily = (zone: string, start: string, ...times: string[]): Schedule => ({
  rrule: 'FREQ=DAILY',
  start: PlainDate.from(start),
  times: times.map((time) => PlainTime.from(time)),
  zone,
});
const read = (zone: string, ...locals: string[]) =>
  locals.map((local) => instantOf(PlainDateTime.from(local), zone).toZonedDateTimeISO(zone).toString());
const first = (schedule: Schedule, after: string, count: number) => {
  const found: string[] = [];
  let at = Temporal.Instant.from(after);
  while (found.length < count) {
    const next = nextOccurrence(schedule, at);
    if (!next) break;
    found.push(`${localKey(next.local)} = ${next.at}`);
    at = next.at;
  }
  return found;
};
const everyZone = ZONES.map((zone) => ({ zone, ...changesOf(zone) }));

/**
 * What happens against what was promised: every promised wall time is kept once, at the first minute at which the clocks show
 * it or a later one; those that share that minute are kept by the earliest.
 */
function judge(schedule: Schedule, promised: readonly Temporal.PlainDateTime[], after: number, until: number) {
  const changes = changesOf(schedule.zone);
  const due = new Map<number, string>();
  for (const local of promised) {
    const at = minuteOf(local, changes);
    if (at > after && at <= until && !due.has(at)) due.set(at, localKey(local));
  }
  const kept = [...occurrencesBetween(schedule, instant(after), instant(until))];
  expect(kept.map(({ at, local }) => [minute(at), localKey(local)])).toEqual([...due]);
}

test('a wall time in a gap happens when the gap ends, and one in an overlap the first time', () => {
  expect(read('Europe/Madrid', '2027-03-28T02:30', '2027-10-31T02:30')).toEqual([
    '2027-03-28T03:00:00+02:00[Europe/Madrid]',
    '2027-10-31T02:30:00+02:00[Europe/Madrid]',
  ]);
  expect(read('Australia/Lord_Howe', '2027-10-03T02:15')).toEqual(['2027-10-03T02:30:00+11:00[Australia/Lord_Howe]']);
  expect(read('Pacific/Apia', '2011-12-30T08:00')).toEqual(['2011-12-31T00:00:00+14:00[Pacific/Apia]']);
});

test('the latest time that the clocks have shown never goes back', () => {
  const zone = 'Europe/Madrid';
  const shown = ['2027-10-31T00:45Z', '2027-10-31T00:59Z', '2027-10-31T01:00Z', '2027-10-31T01:59Z', '2027-10-31T02:00Z'];
  expect(shown.map((at) => localKey(latestLocalAt(Temporal.Instant.from(at), zone)))).toEqual([
    '2027-10-31T02:45',
    '2027-10-31T02:59',
    '2027-10-31T02:59',
    '2027-10-31T02:59',
    '2027-10-31T03:00',
  ]);
});

test('two times in one gap are one prompt, with the name of the earlier', () => {
  const schedule = daily('Europe/Madrid', '2027-01-01', '02:15', '02:45', '03:00', '08:00');
  expect(first(schedule, '2027-03-27T20:00Z', 2)).toEqual([
    '2027-03-28T02:15 = 2027-03-28T01:00:00Z',
    '2027-03-28T08:00 = 2027-03-28T06:00:00Z',
  ]);
  const skipped = nextOccurrence(schedule, Temporal.Instant.from('2027-03-27T20:00Z'), new Set(['2027-03-28T02:15']));
  expect(skipped && localKey(skipped.local)).toBe('2027-03-28T02:45');
});

test('times that are shown twice are not promised twice', () => {
  const schedule = daily('America/New_York', '2027-01-01', '01:15', '01:45');
  expect(first(schedule, '2027-11-07T05:30Z', 2)).toEqual([
    '2027-11-07T01:45 = 2027-11-07T05:45:00Z',
    '2027-11-08T01:15 = 2027-11-08T06:15:00Z',
  ]);
});

test('who asks while the clocks show an hour again is told of what is still to come', () => {
  const schedule = daily('America/New_York', '2027-01-01', '01:15', '01:45', '03:00');
  expect(first(schedule, '2027-11-07T06:05Z', 1)).toEqual(['2027-11-07T03:00 = 2027-11-07T08:00:00Z']);
});

test('a skipped time is passed over, its neighbours stay', () => {
  const schedule = daily('UTC', '2027-01-01', '08:00', '20:00');
  const next = nextOccurrence(schedule, Temporal.Instant.from('2027-05-01T08:00Z'), new Set(['2027-05-01T20:00']));
  expect(next && localKey(next.local)).toBe('2027-05-02T08:00');
});

test('nothing comes before the start or after the end', () => {
  const schedule = { ...daily('UTC', '2027-05-10', '08:00'), rrule: 'FREQ=DAILY;COUNT=2' };
  expect(first(schedule, '2026-01-01T00:00Z', 5)).toEqual([
    '2027-05-10T08:00 = 2027-05-10T08:00:00Z',
    '2027-05-11T08:00 = 2027-05-11T08:00:00Z',
  ]);
});

test('a schedule without times, with too many, or that never happens is refused', () => {
  const start = PlainDate.from('2026-11-23');
  const times = [new PlainTime(8)];
  const hours = Array.from({ length: 13 }, (_, hour) => new PlainTime(hour));
  expect(checkSchedule({ rrule: 'FREQ=DAILY', start, times: [] })).toBe('no-times');
  expect(checkSchedule({ rrule: 'FREQ=DAILY', start, times: hours })).toBe('too-many-times');
  expect(checkSchedule({ rrule: 'FREQ=DAILY;UNTIL=20261122', start, times })).toBe('never');
  expect(checkSchedule({ rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', start, times })).toBe('never');
  expect(checkSchedule({ rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO', start, times })).toBe('never');
  expect(
    checkSchedule({ rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', start: PlainDate.from('2096-03-01'), times }),
  ).toBeUndefined();
});

test('times are kept to the minute, in order, each once', () => {
  const times = ['20:00', '08:00:30', '08:00'].map((time) => PlainTime.from(time));
  expect(orderTimes(times).map(String)).toEqual(['08:00:00', '20:00:00']);
});

describe('over every zone and five years', () => {
  test('every change of the clocks, both ways: each promised time comes once, when the clocks first show it', () => {
    const around = [-61, -30, -1, 0, 1, 29, 60];
    let seen = 0;
    for (const { zone, changes } of everyZone) {
      for (const change of changes) {
        seen++;
        const edges = [change.at + change.before, change.at + change.after];
        const walls = [...new Set(edges.flatMap((edge) => around.map((shift) => edge + shift)))];
        const times = orderTimes(walls.map((at) => localAt(instant(at), 'UTC').toPlainTime()));
        const day = localAt(instant(change.at + change.before), 'UTC').toPlainDate();
        const days = [-1, 0, 1].map((shift) => day.add({ days: shift }));
        const promised = days.flatMap((each) => times.map((time) => each.toPlainDateTime(time)));
        const schedule = { rrule: 'FREQ=DAILY', start: days[0] as Temporal.PlainDate, times, zone };
        judge(schedule, promised, change.at - 1440, change.at + 720);
        const overlap = change.before - change.after;
        for (const shift of overlap > 0 ? [-1, 0, 1, overlap - 1, overlap, overlap + 1] : [-1, 0, 1]) {
          const shown = change.at + shift + (shift < 0 ? change.before : change.after);
          const latest = shift < 0 ? shown : Math.max(shown, change.at + change.before - 1);
          expect(wall(latestLocalAt(instant(change.at + shift), zone))).toBe(latest);
        }
      }
    }
    expect(seen).toBeGreaterThan(1000);
  });

  test('every zone, a schedule of its own from beginning to end', () => {
    fc.assert(
      fc.property(
        fc.infiniteStream(
          fc.tuple(fc.integer({ min: 20, max: 50 }), fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1439 })),
        ),
        (drawn) => {
          for (const { zone } of everyZone) {
            const [interval, one, more] = drawn.next().value as [number, number, number];
            const times = orderTimes([one, one + more].map((at) => PlainTime.from('00:00').add({ minutes: at })));
            const start = localAt(instant(FROM), 'UTC').toPlainDate();
            const days = Array.from({ length: Math.ceil((UNTIL - FROM) / 1440 / interval) }, (_, i) =>
              start.add({ days: i * interval }),
            );
            const promised = days.flatMap((day) => times.map((time) => day.toPlainDateTime(time)));
            judge({ rrule: `FREQ=DAILY;INTERVAL=${interval}`, start, times, zone }, promised, FROM + 1440, UNTIL - 1440 * 51);
          }
        },
      ),
      { numRuns: 1 },
    );
  });

  test('a weekly schedule keeps its weekday and its hour', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...everyZone),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 0, max: 1439 }),
        (found, weekday, at) => {
          const name = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'][weekday];
          const times = [PlainTime.from('00:00').add({ minutes: at })];
          const start = PlainDate.from('2026-11-04');
          const monday = PlainDate.from('2026-11-02').add({ days: weekday });
          const promised = Array.from({ length: 250 }, (_, week) => monday.add({ days: week * 7 }))
            .filter((day) => PlainDate.compare(day, start) >= 0)
            .flatMap((day) => times.map((time) => day.toPlainDateTime(time)));
          const until = wall(promised.at(-1) as Temporal.PlainDateTime) - 1440 * 2;
          judge({ rrule: `FREQ=WEEKLY;BYDAY=${name}`, start, times, zone: found.zone }, promised, FROM + 60, until);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('what was skipped never comes, and everything else still does', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.array(fc.integer({ min: 0, max: 59 }), { maxLength: 20 }), (zone, gone) => {
        const schedule = daily(zone, '2027-03-01', '09:00', '21:00');
        const all = [
          ...occurrencesBetween(
            schedule,
            instantOf(PlainDateTime.from('2027-03-01T00:00'), zone),
            instantOf(PlainDateTime.from('2027-03-31T00:00'), zone),
          ),
        ];
        const skips = new Set(gone.map((i) => all[i]).flatMap((each) => (each ? [localKey(each.local)] : [])));
        const left = [
          ...occurrencesBetween(
            schedule,
            instantOf(PlainDateTime.from('2027-03-01T00:00'), zone),
            instantOf(PlainDateTime.from('2027-03-31T00:00'), zone),
            skips,
          ),
        ];
        expect(left.map(({ local }) => localKey(local))).toEqual(
          all.map(({ local }) => localKey(local)).filter((key) => !skips.has(key)),
        );
      }),
      { numRuns: 25 },
    );
    expect(NO_SKIPS.size).toBe(0);
  });
});
