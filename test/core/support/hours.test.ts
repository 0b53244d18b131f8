import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { isOn, nextOn, type Shift } from '../../../src/core/support/oncall/hours.js';
import { WEEKDAYS } from '../../../src/time/rule.js';

const shift = (days: string, from: string, to: string, zone = 'Europe/Madrid'): Shift => ({
  days: days.split(' '),
  from,
  to,
  zone,
});
const daily = WEEKDAYS.join(' ');
const local = (text: string, zone = 'Europe/Madrid') =>
  new Date(Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds);

test('from its first minute up to its end, on its days, by the clocks of its own zone', () => {
  const evening = shift('MO TU', '18:00', '22:00');
  // 2026-03-02 is a Monday.
  expect(isOn(evening, local('2026-03-02T17:59'))).toBe(false);
  expect(isOn(evening, local('2026-03-02T18:00'))).toBe(true);
  expect(isOn(evening, local('2026-03-03T21:59'))).toBe(true);
  expect(isOn(evening, local('2026-03-03T22:00'))).toBe(false);
  expect(isOn(evening, local('2026-03-04T19:00'))).toBe(false);
  expect(isOn({ ...evening, zone: 'America/New_York' }, new Date('2026-03-02T23:30Z'))).toBe(true);
});

test('past midnight it still belongs to the day on which it began; equal times are a whole day', () => {
  const night = shift('FR', '22:00', '02:00');
  expect(isOn(night, local('2026-03-07T01:59'))).toBe(true);
  expect(isOn(night, local('2026-03-06T01:59'))).toBe(false);
  expect(isOn(night, local('2026-03-07T22:30'))).toBe(false);
  expect(isOn(shift('FR', '09:00', '09:00'), local('2026-03-07T08:59'))).toBe(true);
});

test('the night on which clocks skip an hour, and that on which they show one twice', () => {
  // On 2026-03-29 Madrid goes from 02:00 to 03:00, on 2026-10-25 from 03:00 back to 02:00.
  const early = shift(daily, '02:30', '05:00');
  expect(isOn(early, new Date('2026-03-29T00:59Z'))).toBe(false);
  expect(isOn(early, new Date('2026-03-29T01:00Z'))).toBe(true);
  expect(isOn(early, new Date('2026-10-25T00:29Z'))).toBe(false);
  expect(isOn(early, new Date('2026-10-25T00:30Z'))).toBe(true);
  // The second 02:15 is on call too: the shift began at the first 02:30.
  expect(isOn(early, new Date('2026-10-25T01:15Z'))).toBe(true);
  expect(isOn(early, new Date('2026-10-25T04:00Z'))).toBe(false);
  // All of it lies in the gap: then there is none that day.
  expect(isOn(shift(daily, '02:10', '02:50'), new Date('2026-03-29T01:00Z'))).toBe(false);
  expect(nextOn([shift(daily, '02:10', '02:50')], local('2026-03-28T12:00'))).toEqual(local('2026-03-30T02:10'));
});

test('a day that clocks leave out does not break it', () => {
  // Samoa had no 30 December 2011, a Friday.
  const samoa = shift('TH FR', '20:00', '04:00', 'Pacific/Apia');
  expect(isOn(samoa, new Date('2011-12-30T09:59Z'))).toBe(true);
  expect(isOn(samoa, new Date('2011-12-30T15:00Z'))).toBe(false);
});

test('next: the soonest begin of several', () => {
  const shifts = [shift('WE', '08:00', '09:00'), shift('TU', '20:00', '21:00', 'America/New_York')];
  expect(nextOn(shifts, local('2026-03-03T12:00'))).toEqual(new Date('2026-03-04T01:00Z'));
  expect(nextOn(shifts, new Date('2026-03-04T01:00Z'))).toEqual(local('2026-03-04T08:00'));
  expect(nextOn([], new Date())).toBeUndefined();
});

test('nobody is on call before the next begin, and somebody is at it, in any zone at any time of the year', () => {
  const zones = ['Europe/Madrid', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Apia', 'UTC'];
  const times = fc
    .integer({ min: 0, max: 1439 })
    .map((n) => `${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`);
  const anyShift = fc.record({
    days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
    from: times,
    to: times,
    zone: fc.constantFrom(...zones),
  });
  fc.assert(
    fc.property(
      anyShift,
      fc.integer({ min: 0, max: 400 * 24 * 60 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (one, minute, part) => {
        const now = new Date(Date.UTC(2026, 0, 1) + minute * 60_000);
        const next = nextOn([one], now);
        if (!next) throw new Error('There is always a next one.');
        expect(next > now).toBe(true);
        expect(isOn(one, next)).toBe(true);
        const between = new Date(now.getTime() + Math.floor((next.getTime() - now.getTime()) * part));
        // What was on call at the beginning may still be; what was not is not.
        if (!isOn(one, now)) expect(isOn(one, between)).toBe(false);
      },
    ),
    { numRuns: 400 },
  );
});
