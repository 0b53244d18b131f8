import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { QuietHours } from '../../../src/core/checkins/quiet-hours.js';
import { maySpeak, nextLook } from '../../../src/core/daily/when.js';
import { localAt } from '../../../src/time/local.js';

const at = (text: string) => Temporal.Instant.from(text);
const quiet = (from: string, to: string): QuietHours => ({
  from: Temporal.PlainTime.from(from),
  to: Temporal.PlainTime.from(to),
});
const HOUR = 3_600_000;

test('the look comes once for every local day, at nine, in every zone and through every change of the clocks', () => {
  const from = Date.UTC(2026, 0, 1);
  fc.assert(
    fc.property(
      fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
      fc.integer({ min: 0, max: 5 * 365 * 24 }),
      (zone, hours) => {
        let now = Temporal.Instant.fromEpochMilliseconds(from + hours * HOUR);
        let day = localAt(nextLook(now, zone), zone).toPlainDate();
        for (let i = 0; i < 10; i++) {
          const next = nextLook(now, zone);
          expect(localAt(next, zone).hour).toBeGreaterThanOrEqual(9);
          expect(Temporal.PlainDate.compare(localAt(next, zone).toPlainDate(), day)).toBe(0);
          expect(maySpeak(next, next, zone)).toBe(true);
          now = next;
          day = day.add({ days: 1 });
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('it waits until quiet hours end', () => {
  const long = quiet('22:00', '11:30');
  expect(nextLook(at('2026-05-04T06:00:00Z'), 'UTC', long).toString()).toBe('2026-05-04T11:30:00Z');
  const day = quiet('07:00', '22:30');
  const late = nextLook(at('2026-05-04T06:00:00Z'), 'UTC', day);
  expect(late.toString()).toBe('2026-05-04T22:30:00Z');
  expect(maySpeak(late, late, 'UTC', day)).toBe(true);
});

test('a look that is late says nothing at night, nor in quiet hours', () => {
  const due = at('2026-05-04T09:00:00Z');
  expect(maySpeak(due, at('2026-05-04T15:00:00Z'), 'UTC')).toBe(true);
  expect(maySpeak(due, at('2026-05-05T03:00:00Z'), 'UTC')).toBe(false);
  expect(maySpeak(due, at('2026-05-04T21:00:00Z'), 'UTC', quiet('20:00', '08:00'))).toBe(false);
});
