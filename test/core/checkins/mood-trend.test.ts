import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { BANDS, moodTrend, TREND_WEEKS } from '../../../src/core/checkins/mood-trend.js';

const today = Temporal.PlainDate.from('2027-05-30');
const ago = (days: number, mood?: number) => ({ day: today.subtract({ days }).toString(), ...(mood !== undefined && { mood }) });

test('a week is a word when it was rated on three days, and says nothing otherwise', () => {
  expect(moodTrend([], today)).toEqual([undefined, undefined, undefined, undefined]);
  const days = [ago(0, 9), ago(1, 8), ago(6, 7), ago(7, 1), ago(8, 3), ago(13, 2), ago(14, 5), ago(15, 4), ago(21, 5)];
  expect(moodTrend([...days, ago(16)], today)).toEqual([undefined, undefined, 'low', 'high']);
});

test('nothing but the coarse word of a week can be told from it', () => {
  const past = fc.uniqueArray(fc.tuple(fc.nat(40), fc.option(fc.float({ min: 0, max: 10, noNaN: true }), { nil: undefined })), {
    selector: ([day]) => day,
    maxLength: 40,
  });
  fc.assert(
    fc.property(past, (rated) => {
      const trend = moodTrend(
        rated.map(([day, mood]) => ago(day, mood)),
        today,
      );
      expect(trend).toHaveLength(TREND_WEEKS);
      trend.forEach((band, index) => {
        const from = (TREND_WEEKS - 1 - index) * 7;
        const moods = rated.filter(([day, mood]) => day >= from && day < from + 7 && mood !== undefined);
        expect(band === undefined).toBe(moods.length < 3);
        if (band !== undefined) expect(BANDS).toContain(band);
      });
    }),
    { numRuns: 200 },
  );
});
