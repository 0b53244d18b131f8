import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { type Exception, placeOne, placeSeries, type Series } from '../../src/calendar/series.js';
import { type CalendarEvent, writeCalendar } from '../../src/calendar/write.js';
import { datesOf } from '../../src/core/sessions/occurrences.js';
import { checkSchedule, localKey } from '../../src/time/recurrence.js';
import { readRule } from '../../src/time/rule.js';
import { read } from './reader.js';

const NOW = Temporal.Instant.from('2026-11-25T12:00Z');
const TWO_YEARS = [new Date('2026-11-25T12:00Z'), new Date('2028-11-25T12:00Z')] as const;

const words = (place: ReturnType<typeof placeSeries<Exception>>[number]): CalendarEvent => ({
  ...place,
  title: 'Meeting',
  isCancelled: place.row?.state === 'cancelled',
  sequence: 0,
  changedAt: TWO_YEARS[0],
  alarms: [15],
});
const fileOf = (series: Series, rows: readonly Exception[] = []) =>
  writeCalendar({ name: 'Meetings', events: placeSeries(series, rows, NOW).map(words) }, NOW);

const weekly: Series = {
  id: '5f0c3a52-3f3e-4c8f-9a53-0b6c2f1f0001',
  rrule: 'FREQ=WEEKLY;BYDAY=TU',
  start: '2026-11-24',
  time: '19:00',
  zone: 'America/New_York',
  minutes: 60,
  skips: [],
  state: 'active',
};
const row = (local: string, startsAt: string, more: Partial<Exception> = {}): Exception => ({
  local,
  startsAt: new Date(startsAt),
  minutes: 60,
  state: 'planned',
  isReworded: false,
  ...more,
});

/** What we ourselves would keep: the instants of what is not called off. */
const ours = (series: Series, rows: readonly Exception[]) =>
  datesOf(
    series,
    rows.map((one, i) => ({ ...one, id: String(i), state: one.state as 'planned' })),
    ...TWO_YEARS,
  )
    .filter((date) => (date.row?.state as string) !== 'cancelled')
    .map(({ startsAt, endsAt }) => [startsAt.toISOString(), (endsAt.getTime() - startsAt.getTime()) / 60_000]);
const theirs = (series: Series, rows: readonly Exception[]) =>
  read(fileOf(series, rows), ...TWO_YEARS).map(({ at, minutes }) => [at, minutes]);

test('a weekly session says its zone, its rule, what is left out and what is other, once each', () => {
  const rows = [
    row('2026-12-01T19:00', '2026-12-03T01:00Z'),
    row('2026-12-08T19:00', '2026-12-09T00:00Z', { state: 'cancelled' }),
    row('2026-12-22T19:00', '2026-12-23T00:00Z'),
  ];
  const text = fileOf({ ...weekly, skips: ['2026-12-15T19:00'] }, rows);
  for (const line of [
    'BEGIN:VTIMEZONE',
    'TZID:America/New_York',
    'DTSTART;TZID=America/New_York:20261124T190000',
    'RRULE:FREQ=WEEKLY;BYDAY=TU',
    'EXDATE;TZID=America/New_York:20261215T190000',
    'RECURRENCE-ID;TZID=America/New_York:20261201T190000',
    'DTSTART;TZID=America/New_York:20261202T200000',
    'STATUS:CANCELLED',
    'TRIGGER:-PT15M',
    'SEQUENCE:0',
  ])
    expect(text.split('\r\n')).toContain(line);
  expect(text.match(/BEGIN:VEVENT/gu)).toHaveLength(3);
  expect(text).not.toContain('20261222');
  expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
});

test('where calendars disagree about a clock that is changed, the date is told apart', () => {
  const skipped = { ...weekly, rrule: 'FREQ=DAILY', start: '2026-11-25', time: '02:30' };
  const inGap = fileOf(skipped);
  expect(inGap).toContain('EXDATE;TZID=America/New_York:20270314T023000');
  expect(inGap).toContain('DTSTART;TZID=America/New_York:20270314T030000');
  expect(theirs(skipped, [])).toEqual(ours(skipped, []));
  const twice = { ...skipped, time: '01:15' };
  const inOverlap = fileOf(twice);
  expect(inOverlap).toContain('EXDATE;TZID=America/New_York:20271107T011500');
  expect(inOverlap).toContain('DTSTART:20271107T051500Z');
  expect(theirs(twice, [])).toEqual(ours(twice, []));
});

test('the last day of a rule counts whole, where it is', () => {
  const until = { ...weekly, rrule: 'FREQ=WEEKLY;UNTIL=20261208;BYDAY=TU' };
  expect(fileOf(until)).toContain('UNTIL=20261209T045959Z');
  expect(theirs(until, [])).toEqual(ours(until, []));
});

test('a series that begins while the clocks are put back is as long on every date', () => {
  const lordHowe = { ...weekly, rrule: 'FREQ=WEEKLY;BYDAY=SU', zone: 'Australia/Lord_Howe', start: '2027-03-29', time: '00:30' };
  expect(new Set(theirs(lordHowe, []).map(([, minutes]) => minutes))).toEqual(new Set([60]));
  expect(theirs(lordHowe, [])).toEqual(ours(lordHowe, []));
});

test('what happens once has no rule; moved, it is one event still', () => {
  const once = { ...weekly, rrule: null, start: '2027-01-05' };
  expect(theirs(once, [])).toEqual([['2027-01-06T00:00:00.000Z', 60]]);
  const moved = [row('2027-01-05T19:00', '2027-01-07T00:30Z', { minutes: 90 })];
  expect(fileOf(once, moved).match(/BEGIN:VEVENT/gu)).toHaveLength(1);
  expect(theirs(once, moved)).toEqual([['2027-01-07T00:30:00.000Z', 90]]);
});

test('one date alone is at the same instant, under a name of its own', () => {
  const [date] = datesOf({ ...weekly, time: '01:15', rrule: 'FREQ=DAILY' }, [], new Date('2027-11-07T00:00Z'), TWO_YEARS[1]);
  const place = placeOne<Exception>(weekly, date as NonNullable<typeof date>);
  expect(place.uid).toBe(`${weekly.id}-20271107T0115`);
  expect(read(writeCalendar({ events: [words(place)] }, NOW), ...TWO_YEARS)).toEqual([
    { at: '2027-11-07T05:15:00.000Z', minutes: 60, title: 'Meeting' },
  ]);
});

const rules = [
  'FREQ=DAILY',
  'FREQ=DAILY;INTERVAL=3',
  'FREQ=WEEKLY;BYDAY=MO,WE,SU',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU',
  'FREQ=WEEKLY;COUNT=30;BYDAY=SU',
  'FREQ=WEEKLY;UNTIL=20280301;BYDAY=SU',
  'FREQ=MONTHLY;BYDAY=2TH,4TH',
  'FREQ=MONTHLY;BYDAY=-1SU',
  'FREQ=MONTHLY;BYMONTHDAY=31',
  'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
  'FREQ=YEARLY;BYMONTH=3;BYDAY=2SU',
].map((text) => {
  const rule = readRule(text, 'UTC');
  if (!rule.ok) throw new Error(`${text}: ${rule.why}`);
  return rule.rrule;
});
/** Zones whose clocks do odd things, beside all others. */
const odd = ['America/New_York', 'Europe/Madrid', 'Australia/Lord_Howe', 'Africa/Casablanca', 'America/Santiago', 'UTC'];

test('another library reads the same instants from the file for two years, whatever the rule and the zone', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...rules),
      fc.oneof(fc.constantFrom(...odd), fc.constantFrom(...Intl.supportedValuesOf('timeZone'))),
      fc.integer({ min: 0, max: 400 }),
      fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 95 })),
      fc.constantFrom(30, 60, 90, 180),
      fc.array(fc.tuple(fc.nat(80), fc.integer({ min: -3000, max: 3000 }), fc.constantFrom('move', 'skip', 'cancel', 'long')), {
        maxLength: 6,
      }),
      (rrule, zone, day, quarter, minutes, changes) => {
        const start = Temporal.PlainDate.from('2026-03-01').add({ days: day });
        const time = new Temporal.PlainTime(Math.floor(quarter / 4), (quarter % 4) * 15);
        fc.pre(checkSchedule({ rrule, start, times: [time] }) === undefined);
        const plain: Series = {
          ...weekly,
          rrule,
          start: String(start),
          time: time.toString({ smallestUnit: 'minute' }),
          zone,
          minutes,
        };
        const dates = datesOf(plain, [], ...TWO_YEARS);
        const skips: string[] = [];
        const rows = new Map<string, Exception>();
        for (const [n, by, what] of changes) {
          const date = dates[n % Math.max(1, dates.length)];
          if (!date) continue;
          if (what === 'skip') skips.push(date.local);
          else
            rows.set(date.local, {
              local: date.local,
              startsAt: new Date(date.startsAt.getTime() + (what === 'move' ? by * 60_000 : 0)),
              minutes: what === 'long' ? minutes + 30 : minutes,
              state: what === 'cancel' ? 'cancelled' : 'planned',
              isReworded: false,
            });
        }
        const series = { ...plain, skips: skips.filter((skip) => !rows.has(skip)) };
        expect(theirs(series, [...rows.values()])).toEqual(ours(series, [...rows.values()]));
      },
    ),
    { numRuns: 40 },
  );
});

test('every zone in the file agrees with the clock by which we remind', () => {
  const span = [new Date('2027-01-01T00:00Z'), new Date('2028-01-01T00:00Z')] as const;
  for (const zone of odd) {
    const daily = { ...weekly, rrule: 'FREQ=DAILY', start: '2026-11-25', time: '12:00', zone };
    const expected = datesOf(daily, [], ...span).map(({ startsAt }) => startsAt.toISOString());
    expect(read(fileOf(daily), ...span).map(({ at }) => at)).toEqual(expected);
    expect(expected).toHaveLength(365);
    expect(
      localKey(
        Temporal.Instant.from(expected[200] as string)
          .toZonedDateTimeISO(zone)
          .toPlainDateTime(),
      ),
    ).toMatch(/T12:00$/u);
  }
});
