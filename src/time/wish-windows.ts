import { Temporal } from 'temporal-polyfill';
import { instantOf, localAt } from './local.js';
import type { Span, Wish } from './say-wish.js';

/** Instants from the first up to but not the second, in milliseconds. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;
const WHOLE_DAY: readonly Span[] = [[0, 24 * 60]];
/** What "now" reaches ahead. */
const NOW_MINUTES = 60;

function merge(windows: readonly Window[]): readonly Window[] {
  const merged: Window[] = [];
  for (const window of windows.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && window.from <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, window.to) };
    else merged.push(window);
  }
  return merged;
}

/** Whether a day is wished for. Yesterday counts only for what lasts beyond its midnight: at one o'clock it is still "tonight". */
function isWished({ ahead, weekdays }: Wish, offset: number, weekday: number): boolean {
  if (!ahead && !weekdays) return true;
  return (ahead?.includes(Math.max(0, offset)) ?? false) || (weekdays?.includes(weekday) ?? false);
}

/**
 * When something may begin that somebody would like to know of, within a week: rising and apart from each other.
 * @param grace minutes for which what has begun still counts
 * @param zone of whoever wishes; their days and times are meant
 */
export function windowsOf(wish: Wish, now: Date, zone: string, grace: number): readonly Window[] {
  const begin = now.getTime() - grace * MINUTE;
  const end = begin + WEEK;
  if (wish.now) return [{ from: begin, to: now.getTime() + NOW_MINUTES * MINUTE }];
  const today = localAt(Temporal.Instant.fromEpochMilliseconds(now.getTime()), zone).toPlainDate();
  const windows: Window[] = [];
  for (let offset = -1; offset <= 7; offset++) {
    const midnight = today.add({ days: offset }).toPlainDateTime();
    if (!isWished(wish, offset, midnight.dayOfWeek % 7)) continue;
    for (const [first, last] of wish.spans ?? WHOLE_DAY) {
      if (offset < 0 && last <= 24 * 60 && wish.ahead && !wish.weekdays) continue;
      const at = (minutes: number) => instantOf(midnight.add({ minutes }), zone).epochMilliseconds;
      const window = { from: Math.max(begin, at(first)), to: Math.min(end, at(last)) };
      if (window.from < window.to) windows.push(window);
    }
  }
  return merge(windows);
}
