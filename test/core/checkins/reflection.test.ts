import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { sundaysAround } from '../../../src/core/checkins/reflection.js';

const zones = Intl.supportedValuesOf('timeZone');

test('the next look back is on a Sunday at 18:00 where the member is, in every zone', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.date({ min: new Date('2026-01-01'), max: new Date('2031-01-01'), noInvalidDate: true }),
      (zone, now) => {
        const { last, next } = sundaysAround(now, zone);
        for (const at of [last, next]) {
          const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
          expect([local.dayOfWeek, local.hour, local.minute]).toEqual([7, 18, 0]);
        }
        expect(last <= now && now < next).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});
