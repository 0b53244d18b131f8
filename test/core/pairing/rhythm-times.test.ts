import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { quietAt, quietHoursSchema } from '../../../src/core/checkins/quiet-hours.js';
import { CHECK_DAYS, checkAt, kindHourAfter, nextNudge, PACE_DAYS, type Place } from '../../../src/core/pairing/rhythm-times.js';
import { PACES } from '../../../src/core/pairing/vocabulary.js';
import { instantOf, localAt } from '../../../src/time/local.js';

const { compare } = Temporal.Instant;
const SIX = Temporal.PlainTime.from('18:00');

/** Zones whose clocks change at different hours, by half an hour, over a whole day, or never. */
const zones = fc.constantFrom(
  'UTC',
  'America/New_York',
  'Europe/Madrid',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'America/Asuncion',
);
const time = fc
  .tuple(fc.nat(23), fc.constantFrom(0, 15, 30, 59))
  .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
const quiet = fc.option(fc.tuple(time, time), { nil: undefined }).map((span) => {
  const read = span && quietHoursSchema.safeParse({ from: span[0], to: span[1] });
  return read?.success ? read.data : undefined;
});
const places: fc.Arbitrary<Place> = fc.record({ zone: zones, quiet });
// From before Samoa skipped a day.
const instants = fc
  .integer({ min: Date.UTC(2011, 10, 1), max: Date.UTC(2029, 0, 1) })
  .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));

/** The kind hour of a day as one would look it up: six in the evening by the clocks, or when quiet is over. */
function evening(day: Temporal.PlainDate, { zone, quiet }: Place): Temporal.Instant {
  let at = instantOf(day.toPlainDateTime(SIX), zone);
  for (let inside = quiet && quietAt(quiet, at, zone); inside; inside = quiet && quietAt(quiet, at, zone)) at = inside.to;
  return at;
}

test('a nudge comes in the evening of a day that is whole paces after the first, never in quiet hours, and none is left out', () => {
  fc.assert(
    fc.property(places, fc.constantFrom(...PACES), instants, fc.nat(45 * 24), (place, pace, from, hours) => {
      const after = from.add({ hours });
      const at = nextNudge(from, pace, after, place);
      expect(compare(at, after)).toBe(1);
      expect(place.quiet && quietAt(place.quiet, at, place.zone)).toBeUndefined();
      const first = localAt(from, place.zone).toPlainDate();
      let turn = 1;
      const evenings = () => evening(first.add({ days: turn * PACE_DAYS[pace] }), place);
      while (compare(evenings(), after) <= 0) turn++;
      expect(at.toString()).toBe(evenings().toString());
    }),
    { numRuns: 100 },
  );
});

test('walking from nudge to nudge keeps the pace through every change of the clocks', () => {
  fc.assert(
    fc.property(zones, fc.constantFrom(...PACES), instants, (zone, pace, from) => {
      const first = localAt(from, zone).toPlainDate();
      let at = from;
      for (let turn = 1; turn <= 20; turn++) {
        at = nextNudge(from, pace, at, { zone });
        // Samoa had no 30 December 2011: what was to be on it comes at its end, which is the next day's beginning.
        const day = first.add({ days: turn * PACE_DAYS[pace] });
        expect(at.toString()).toBe(instantOf(day.toPlainDateTime(SIX), zone).toString());
      }
    }),
    { numRuns: 40 },
  );
});

test('the next kind hour is within two days, later than asked, and not a quiet one', () => {
  fc.assert(
    fc.property(places, instants, (place, after) => {
      const at = kindHourAfter(after, place);
      expect(compare(at, after)).toBe(1);
      expect(at.since(after).total('hours')).toBeLessThanOrEqual(50);
      expect(place.quiet && quietAt(place.quiet, at, place.zone)).toBeUndefined();
    }),
    { numRuns: 100 },
  );
});

test('each is asked after three and thirty days of their own calendar', () => {
  const at = (text: string) => Temporal.Instant.from(text);
  // Begun on the evening of 6 March in New York, which is the 7th in UTC; the clocks go forward on the 14th.
  const began = at('2027-03-07T01:00:00Z');
  expect(CHECK_DAYS.map((days) => checkAt(began, days, { zone: 'America/New_York' }).toString())).toEqual([
    '2027-03-09T23:00:00Z',
    '2027-04-05T22:00:00Z',
  ]);
  expect(checkAt(began, 3, { zone: 'UTC' }).toString()).toBe('2027-03-10T18:00:00Z');
  const night = quietHoursSchema.parse({ from: '17:00', to: '08:00' });
  expect(checkAt(began, 3, { zone: 'UTC', quiet: night }).toString()).toBe('2027-03-11T08:00:00Z');
});
