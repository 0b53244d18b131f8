import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { readRule, WEEKDAYS } from '../../src/time/rule.js';
import { anyDayOf, nextDay, nextDayByLibrary } from '../../src/time/rule-days.js';

const { PlainDate } = Temporal;
const rule = (text: string, zone = 'UTC') => {
  const read = readRule(text, zone);
  return read.ok ? read.rrule : read.why;
};
const days = (rrule: string, start: string, from: string, count: number) => {
  const found: string[] = [];
  let day = nextDay(rrule, PlainDate.from(start), PlainDate.from(from));
  while (day && found.length < count) {
    found.push(day.toString());
    day = nextDay(rrule, PlainDate.from(start), day.add({ days: 1 }));
  }
  return found;
};

test('equal rules become equal texts', () => {
  expect(rule('rrule:byday=fr,mo,MO;interval=1;freq=weekly;wkst=mo;')).toBe('FREQ=WEEKLY;BYDAY=MO,FR');
  expect(rule('FREQ=MONTHLY;BYDAY=+2TU,-1FR')).toBe('FREQ=MONTHLY;BYDAY=-1FR,2TU');
  expect(rule('FREQ=YEARLY;BYMONTHDAY=029')).toBe('unreadable');
  expect(rule('FREQ=YEARLY;BYMONTHDAY=29,01;BYMONTH=02')).toBe('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=1,29');
});

test('times in a rule become times of day', () => {
  const read = readRule('FREQ=DAILY;BYHOUR=20,8;BYMINUTE=30,0;BYSECOND=0', 'UTC');
  expect(read.ok && [read.rrule, read.times.map((time) => time.toString({ smallestUnit: 'minute' }))]).toEqual([
    'FREQ=DAILY',
    ['08:00', '08:30', '20:00', '20:30'],
  ]);
});

test('UNTIL is a local day, also where it was written in UTC', () => {
  expect(rule('FREQ=DAILY;UNTIL=20261231')).toBe('FREQ=DAILY;UNTIL=20261231');
  expect(rule('FREQ=DAILY;UNTIL=20261231T090000')).toBe('FREQ=DAILY;UNTIL=20261231');
  expect(rule('FREQ=DAILY;UNTIL=20261231T225959Z', 'Europe/Madrid')).toBe('FREQ=DAILY;UNTIL=20261231');
  expect(rule('FREQ=DAILY;UNTIL=20261231T225959Z', 'Pacific/Auckland')).toBe('FREQ=DAILY;UNTIL=20270101');
  expect(rule('FREQ=DAILY;UNTIL=20261331')).toBe('unreadable');
});

test.each([
  ['', 'unreadable'],
  ['every day', 'unreadable'],
  ['BYDAY=MO', 'unreadable'],
  ['FREQ=FORTNIGHTLY', 'unreadable'],
  ['FREQ=DAILY;FREQ=DAILY', 'unreadable'],
  ['FREQ=DAILY;COUNT=3;UNTIL=20270101', 'unreadable'],
  ['FREQ=DAILY;COUNT=0', 'unreadable'],
  ['FREQ=DAILY;INTERVAL=-1', 'unreadable'],
  ['FREQ=WEEKLY;BYDAY=2MO', 'unreadable'],
  ['FREQ=WEEKLY;BYMONTHDAY=3', 'unreadable'],
  ['FREQ=MONTHLY;BYMONTHDAY=32', 'unreadable'],
  ['FREQ=MONTHLY;BYWEEKNO=3', 'unreadable'],
  ['FREQ=MONTHLY;BYSETPOS=1', 'unreadable'],
  ['DTSTART:20260101T080000Z\nRRULE:FREQ=DAILY', 'unreadable'],
  [`FREQ=DAILY;BYMONTH=${Array(300).fill('1').join(',')}`, 'unreadable'],
  ['FREQ=HOURLY', 'too-often'],
  ['FREQ=MINUTELY;INTERVAL=90', 'too-often'],
  ['FREQ=SECONDLY', 'too-often'],
  ['FREQ=DAILY;COUNT=1001', 'count'],
  ['FREQ=DAILY;INTERVAL=367', 'interval'],
  ['FREQ=YEARLY;INTERVAL=11', 'interval'],
  ['FREQ=DAILY;BYHOUR=8,20;COUNT=10', 'times'],
  ['FREQ=DAILY;BYMINUTE=30', 'times'],
  ['FREQ=YEARLY;RSCALE=HEBREW', 'unsupported'],
  ['FREQ=DAILY;X-HOLIDAYS=NONE', 'unsupported'],
  ['FREQ=DAILY;BYHOUR=8;BYSECOND=30', 'unsupported'],
])('%j is refused: %s', (text, why) => expect(rule(text)).toBe(why));

test('sparse rules find their days', () => {
  expect(days('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', '2027-01-01', '2027-01-01', 3)).toEqual([
    '2028-02-29',
    '2032-02-29',
    '2036-02-29',
  ]);
  expect(days('FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29', '2096-03-01', '2096-03-01', 1)).toEqual(['2104-02-29']);
  expect(days('FREQ=MONTHLY;BYDAY=5FR', '2026-11-01', '2026-11-01', 3)).toEqual(['2027-01-29', '2027-04-30', '2027-07-30']);
  expect(days('FREQ=MONTHLY;BYMONTHDAY=31', '2026-11-01', '2026-11-01', 3)).toEqual(['2026-12-31', '2027-01-31', '2027-03-31']);
  expect(days('FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '2026-11-01', '2026-11-01', 2)).toEqual([
    '2026-11-30',
    '2026-12-31',
  ]);
});

test('an interval counts from the start, far from it too', () => {
  expect(days('FREQ=DAILY;INTERVAL=3', '2026-11-01', '2027-01-01', 2)).toEqual(['2027-01-03', '2027-01-06']);
  expect(days('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU', '2026-11-04', '2026-11-01', 4)).toEqual([
    '2026-11-08',
    '2026-11-16',
    '2026-11-22',
    '2026-11-30',
  ]);
  expect(anyDayOf('FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=MO')).toBe('FREQ=WEEKLY;BYDAY=MO');
});

const aDay = fc.integer({ min: 0, max: 3000 }).map((days) => PlainDate.from('2024-01-01').add({ days }));

test('the shortcut for daily and weekly rules says what the library says', () => {
  const daily = fc
    .integer({ min: 1, max: 40 })
    .map((interval) => (interval === 1 ? 'FREQ=DAILY' : `FREQ=DAILY;INTERVAL=${interval}`));
  const weekly = fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.subarray([...WEEKDAYS], { minLength: 1 }))
    .map(([interval, on]) => `FREQ=WEEKLY${interval === 1 ? '' : `;INTERVAL=${interval}`};BYDAY=${on.join(',')}`);
  fc.assert(
    fc.property(fc.oneof(daily, weekly), aDay, aDay, (rrule, start, from) => {
      expect(nextDay(rrule, start, from)?.toString()).toBe(nextDayByLibrary(rrule, start, from)?.toString());
    }),
    { numRuns: 1500 },
  );
});

test('days of the month and nth weekdays are those of the calendar', () => {
  const nth = fc.tuple(fc.constantFrom(-1, 1, 2, 3, 4, 5), fc.integer({ min: 0, max: 6 }));
  fc.assert(
    fc.property(nth, aDay, ([which, weekday], from) => {
      const found = nextDay(`FREQ=MONTHLY;BYDAY=${which}${WEEKDAYS[weekday]}`, PlainDate.from('2020-01-01'), from);
      let day = from;
      const fits = (each: Temporal.PlainDate) =>
        each.dayOfWeek === weekday + 1 && (which === -1 ? each.day + 7 > each.daysInMonth : Math.ceil(each.day / 7) === which);
      while (!fits(day)) day = day.add({ days: 1 });
      expect(found?.toString()).toBe(day.toString());
    }),
    { numRuns: 200 },
  );
});

test('an impossible rule ends its search quickly and without an error', () => {
  for (const rrule of [
    'FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31',
    'FREQ=YEARLY;BYWEEKNO=1;BYMONTH=7',
    'FREQ=DAILY;BYDAY=MO;BYSETPOS=2',
  ])
    expect(nextDay(rrule, PlainDate.from('2026-11-01'), PlainDate.from('2026-11-01'))).toBeUndefined();
});
