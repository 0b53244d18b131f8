import { partsOf, WEEKDAYS, type Weekday } from './rule.js';
import type { SaidSchedule } from './say-schedule.js';

/**
 * What a schedule is, in parts that a catalogue can make a sentence of, such as "Weekdays at 7:30".
 * `rule`: none of the kinds that have words; then only `rrule` says it all.
 */
export interface ScheduleParts {
  readonly kind: 'daily' | 'weekdays' | 'weekends' | 'weekly' | 'monthly' | 'monthly-weekday' | 'rule';
  /** Every how many days, weeks or months; 1 for each. */
  readonly interval: number;
  /** `weekly` and its relatives, and `monthly-weekday` (one): in the order of the week. */
  readonly days: readonly Weekday[];
  /** `monthly`: rising, the last day of the month as -1 at the end. */
  readonly monthDays: readonly number[];
  /** `monthly-weekday`: which of that weekday, 1 to 5 rising, the last as -1 at the end. */
  readonly nths: readonly number[];
  /** `HH:MM` on the 24-hour clock, rising. */
  readonly times: readonly string[];
  /** Last local day, `YYYY-MM-DD`. */
  readonly until?: string;
  /** Number of days in all. */
  readonly count?: number;
  readonly rrule: string;
}

type Which = Pick<ScheduleParts, 'kind' | 'days' | 'monthDays' | 'nths'>;

const which = (kind: Which['kind'], rest: Partial<Which> = {}): Which => ({
  kind,
  days: [],
  monthDays: [],
  nths: [],
  ...rest,
});

const lastAtEnd = (days: readonly number[]) =>
  [...days].sort((a, b) => (a < 0 ? Number.POSITIVE_INFINITY : a) - (b < 0 ? Number.POSITIVE_INFINITY : b));

function weekly(days: readonly Weekday[], interval: number): Which {
  const text = days.join(',');
  if (interval === 1 && text === WEEKDAYS.slice(0, 5).join(',')) return which('weekdays', { days });
  if (interval === 1 && text === WEEKDAYS.slice(5).join(',')) return which('weekends', { days });
  return which('weekly', { days });
}

function whichDays(parts: ReadonlyMap<string, string>, interval: number): Which {
  const names = [...parts.keys()].filter((name) => !['INTERVAL', 'COUNT', 'UNTIL', 'FREQ'].includes(name)).join();
  const shape = `${parts.get('FREQ')} ${names}`.trim();
  if (shape === 'DAILY') return which('daily');
  const byDay = parts.get('BYDAY') ?? '';
  if (shape === 'WEEKLY BYDAY') return weekly(byDay.split(',') as Weekday[], interval);
  if (shape === 'MONTHLY BYMONTHDAY') {
    const days = (parts.get('BYMONTHDAY') ?? '').split(',').map(Number);
    return days.every((day) => day >= -1) ? which('monthly', { monthDays: lastAtEnd(days) }) : which('rule');
  }
  const nths = byDay.split(',').map((day) => /^(-1|[1-5])([A-Z]{2})$/u.exec(day));
  const [weekday, ...others] = new Set(nths.map((nth) => nth?.[2]));
  if (shape === 'MONTHLY BYDAY' && weekday !== undefined && others.length === 0)
    return which('monthly-weekday', { nths: lastAtEnd(nths.map((nth) => Number(nth?.[1]))), days: [weekday as Weekday] });
  return which('rule');
}

/** @param schedule with its rule as `readRule` normalised it */
export function describeSchedule({ rrule, times }: SaidSchedule): ScheduleParts {
  const parts = partsOf(rrule);
  const interval = Number(parts.get('INTERVAL') ?? 1);
  const until = parts.get('UNTIL')?.replace(/^(\d{4})(\d\d)(\d\d)$/u, '$1-$2-$3');
  const count = parts.get('COUNT');
  return {
    ...whichDays(parts, interval),
    interval,
    times: times.map((time) => time.toString({ smallestUnit: 'minute' })),
    ...(until !== undefined && { until }),
    ...(count !== undefined && { count: Number(count) }),
    rrule,
  };
}
