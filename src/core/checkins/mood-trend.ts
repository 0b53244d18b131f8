import type { Temporal } from 'temporal-polyfill';
import type { Day } from './look-back.js';

/** How a week was, as coarse as can be: no day and no number can be found out from it. */
export const BANDS = ['low', 'middle', 'high'] as const;
export type Band = (typeof BANDS)[number];

export const TREND_WEEKS = 4;
/** Days with a rating from which a week says something of more than one of them. */
const ENOUGH = 3;

function bandOf(moods: readonly number[]): Band | undefined {
  if (moods.length < ENOUGH) return undefined;
  const middle = [...moods].sort((a, b) => a - b)[Math.floor(moods.length / 2)] ?? 0;
  return middle < 4 ? 'low' : middle < 7 ? 'middle' : 'high';
}

/**
 * The mood of the last four weeks, the oldest first; each is seven days, the last one ends today.
 * @param days with ratings from 0 to 10
 * @returns undefined for a week in which it was rated on too few days to say
 */
export function moodTrend(days: readonly Day[], today: Temporal.PlainDate): (Band | undefined)[] {
  return Array.from({ length: TREND_WEEKS }, (_, index) => {
    const to = today.subtract({ weeks: TREND_WEEKS - 1 - index });
    const from = to.subtract({ days: 6 });
    const inside = days.filter(({ day }) => day >= from.toString() && day <= to.toString());
    return bandOf(inside.flatMap(({ mood }) => mood ?? []));
  });
}
