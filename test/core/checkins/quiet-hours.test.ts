import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { deferPast, type QuietHours, quietAt, quietHoursSchema } from '../../../src/core/checkins/quiet-hours.js';
import { snoozeUntil } from '../../../src/core/checkins/snooze.js';

const { Instant, PlainTime } = Temporal;
const quiet = (from: string, to: string): QuietHours => ({ from: PlainTime.from(from), to: PlainTime.from(to) });
const night = quiet('22:00', '07:00');
const shown = (at: Temporal.Instant | undefined, zone: string) =>
  at?.toZonedDateTimeISO(zone).toString({ timeZoneName: 'never', smallestUnit: 'minute' });
const at = (text: string) => Temporal.ZonedDateTime.from(text).toInstant();
const MADRID = '[Europe/Madrid]';

test.each([
  ['2027-05-04T21:59', '2027-05-04T21:59+02:00'],
  ['2027-05-04T22:00', '2027-05-05T07:00+02:00'],
  ['2027-05-05T03:00', '2027-05-05T07:00+02:00'],
  ['2027-05-05T07:00', '2027-05-05T07:00+02:00'],
  // The night in which the clocks go forward, and the one in which they go back.
  ['2027-03-27T23:00', '2027-03-28T07:00+02:00'],
  ['2027-10-30T23:00', '2027-10-31T07:00+01:00'],
])('at night, what is due at %s may be sent at %s', (due, sent) => {
  expect(shown(deferPast(night, at(`${due}${MADRID}`), 'Europe/Madrid'), 'Europe/Madrid')).toBe(sent);
});

test('quiet hours at noon, and none at all', () => {
  const noon = quiet('12:00', '14:30');
  expect(shown(deferPast(noon, at(`2027-05-04T13:00${MADRID}`), 'Europe/Madrid'), 'Europe/Madrid')).toBe(
    '2027-05-04T14:30+02:00',
  );
  expect(shown(deferPast(noon, at(`2027-05-04T23:00${MADRID}`), 'Europe/Madrid'), 'Europe/Madrid')).toBe(
    '2027-05-04T23:00+02:00',
  );
  expect(shown(deferPast(undefined, at(`2027-05-04T23:00${MADRID}`), 'Europe/Madrid'), 'Europe/Madrid')).toBe(
    '2027-05-04T23:00+02:00',
  );
});

test('quiet hours that end while the clocks show the hour twice end the first time', () => {
  const late = quiet('23:00', '02:30');
  const second = at('2027-10-31T02:10:00+01:00[Europe/Madrid]');
  expect(deferPast(late, second, 'Europe/Madrid').equals(second)).toBe(true);
});

test('quiet hours that leave less than an hour of the day are refused', () => {
  expect(quietHoursSchema.safeParse({ from: '22:00', to: '07:00' }).success).toBe(true);
  for (const wrong of [
    { from: '07:00', to: '07:00' },
    { from: '07:00', to: '06:30' },
    { from: '7', to: '22:00' },
    { from: '24:00', to: '07:00' },
  ])
    expect(quietHoursSchema.safeParse(wrong).success).toBe(false);
});

const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const minutes = fc.integer({ min: 0, max: 1439 }).map((count) => PlainTime.from('00:00').add({ minutes: count }));
const hours = fc
  .record({ from: minutes, to: minutes })
  .filter(
    ({ from, to }) =>
      (from.until(to).total('minutes') + 1440) % 1440 >= 1 && (to.until(from).total('minutes') + 1440) % 1440 >= 60,
  );
const instants = fc
  .integer({ min: Date.UTC(2026, 10, 1) / 60_000, max: Date.UTC(2031, 10, 1) / 60_000 })
  .map((minute) => Instant.fromEpochMilliseconds(minute * 60_000));

test('in every zone: never earlier, never inside, never more than a day and a half later, and once is enough', () => {
  fc.assert(
    fc.property(hours, instants, zones, (quietHours, due, zone) => {
      const sent = deferPast(quietHours, due, zone);
      expect(Instant.compare(sent, due)).toBeGreaterThanOrEqual(0);
      expect(quietAt(quietHours, sent, zone)).toBeUndefined();
      expect(due.until(sent).total('hours')).toBeLessThan(36);
      expect(deferPast(quietHours, sent, zone).equals(sent)).toBe(true);
      if (!sent.equals(due)) expect(quietAt(quietHours, due, zone)).toBeDefined();
    }),
    { numRuns: 400 },
  );
});

describe('snooze', () => {
  const snoozed = (what: 'ten-minutes' | 'hour' | 'tonight', now: string, hushed?: QuietHours) =>
    shown(snoozeUntil(what, at(`${now}${MADRID}`), 'Europe/Madrid', hushed), 'Europe/Madrid');

  test('ten minutes and an hour are what they say, at night too', () => {
    expect(snoozed('ten-minutes', '2027-05-04T21:55', night)).toBe('2027-05-04T22:05+02:00');
    expect(snoozed('hour', '2027-05-04T12:00', night)).toBe('2027-05-04T13:00+02:00');
    expect(snoozed('hour', '2027-10-31T01:30', night)).toBe('2027-10-31T02:30+02:00');
  });

  test.each([
    ['2027-05-04T09:00', '2027-05-04T20:00+02:00'],
    ['2027-05-04T03:00', '2027-05-04T20:00+02:00'],
    ['2027-05-04T19:50', '2027-05-04T20:00+02:00'],
    ['2027-05-04T19:51', '2027-05-04T21:51+02:00'],
    ['2027-05-04T20:30', '2027-05-04T21:45+02:00'],
    ['2027-05-04T21:35', '2027-05-04T21:45+02:00'],
    ['2027-05-04T21:36', undefined],
    ['2027-05-04T23:00', undefined],
  ])('tonight, said at %s with quiet hours from 22:00, is %s', (now, then) => expect(snoozed('tonight', now, night)).toBe(then));

  test('tonight without quiet hours, and with ones that begin early', () => {
    expect(snoozed('tonight', '2027-05-04T21:00')).toBe('2027-05-04T23:00+02:00');
    expect(snoozed('tonight', '2027-05-04T12:00', quiet('19:00', '07:00'))).toBe('2027-05-04T18:45+02:00');
  });

  test('in every zone, tonight is at least ten minutes away and never in quiet hours', () => {
    fc.assert(
      fc.property(hours, instants, zones, (quietHours, now, zone) => {
        const then = snoozeUntil('tonight', now, zone, quietHours);
        if (!then) return;
        expect(now.until(then).total('minutes')).toBeGreaterThanOrEqual(10);
        expect(now.until(then).total('hours')).toBeLessThan(22);
        expect(quietAt(quietHours, then, zone)).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });
});
