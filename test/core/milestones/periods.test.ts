import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  addPeriod,
  daysOf,
  openPeriod,
  type Period,
  type Periods,
  returnToUse,
  setStart,
  totalDays,
} from '../../../src/core/milestones/periods.js';
import { dayOf } from '../../../src/time/local.js';

const day = (text: string) => Temporal.PlainDate.from(text);
const today = day('2027-05-20');
const got = (result: Periods) => {
  if (!result.ok) throw new Error(result.why);
  return result.periods;
};
const shown = (periods: readonly Period[]) => periods.map(({ from, until }) => `${from}–${until ?? ''}`);

test('the first day is day 0, and the days are those of the member', () => {
  const period = { from: day('2027-05-19') };
  const late = new Date('2027-05-19T22:30:00Z');
  expect(daysOf(period, dayOf(late, 'America/New_York'))).toBe(0);
  expect(daysOf(period, dayOf(late, 'Asia/Tokyo'))).toBe(1);
  expect(daysOf(period, dayOf(new Date('2027-05-19T01:00:00Z'), 'America/New_York'))).toBe(0);
});

test('after a return to use the earlier days still count', () => {
  const begun = got(setStart([], day('2027-01-01'), today));
  const returned = got(returnToUse(begun, day('2027-05-01'), day('2027-05-02'), today));
  expect(shown(returned)).toEqual(['2027-01-01–2027-05-01', '2027-05-02–']);
  expect(totalDays(returned, today)).toBe(120 + 18);
  expect(daysOf(openPeriod(returned) as Period, today)).toBe(18);
});

test('nobody has to begin again at once, and can when they like', () => {
  const begun = got(setStart([], day('2027-01-01'), today));
  const returned = got(returnToUse(begun, day('2027-05-01'), undefined, today));
  expect(openPeriod(returned)).toBeUndefined();
  expect(totalDays(returned, today)).toBe(120);
  expect(shown(got(setStart(returned, day('2027-05-10'), today)))).toEqual(['2027-01-01–2027-05-01', '2027-05-10–']);
  expect(returnToUse(returned, today, today, today)).toEqual({ ok: false, why: 'none' });
});

test('a date can be set and corrected backwards, and an earlier period added', () => {
  const begun = got(setStart([], day('2020-02-29'), today));
  const corrected = got(setStart(begun, day('2019-02-28'), today));
  expect(shown(corrected)).toEqual(['2019-02-28–']);
  expect(shown(got(addPeriod(corrected, { from: day('2010-01-01'), until: day('2011-01-01') }, today)))).toEqual([
    '2010-01-01–2011-01-01',
    '2019-02-28–',
  ]);
});

test('a date that cannot be is refused', () => {
  const begun = got(setStart([], day('2027-01-01'), today));
  expect(setStart([], day('2027-05-21'), today)).toEqual({ ok: false, why: 'future' });
  expect(setStart([], day('1927-05-19'), today)).toEqual({ ok: false, why: 'long-ago' });
  expect(returnToUse(begun, day('2026-12-31'), undefined, today)).toEqual({ ok: false, why: 'overlap' });
  expect(returnToUse(begun, day('2027-05-01'), day('2027-04-01'), today)).toEqual({ ok: false, why: 'overlap' });
  expect(addPeriod(begun, { from: day('2026-01-01'), until: day('2027-02-01') }, today)).toEqual({ ok: false, why: 'overlap' });
  expect(addPeriod(begun, { from: day('2026-05-01'), until: day('2026-04-01') }, today)).toEqual({ ok: false, why: 'overlap' });
});

test('through any number of returns the total never goes down, and no day counts twice', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 30 })), { maxLength: 12 }),
      (stretches) => {
        let now = day('2020-01-01');
        let periods = got(setStart([], now, now));
        let total = 0;
        for (const [kept, pause] of stretches) {
          now = now.add({ days: kept });
          expect(totalDays(periods, now)).toBe(total + kept);
          total += kept;
          const again = now.add({ days: pause });
          periods = got(returnToUse(periods, now, undefined, now));
          expect(totalDays(periods, now)).toBe(total);
          now = again;
          periods = got(setStart(periods, again, now));
          expect(totalDays(periods, now)).toBe(total);
        }
      },
    ),
    { numRuns: 100 },
  );
});
