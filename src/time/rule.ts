import { Temporal } from 'temporal-polyfill';
import { localAt } from './local.js';

export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * Why a recurrence rule is refused.
 * - `unreadable`: not RFC 5545, or it contradicts itself
 * - `unsupported`: RFC 5545 or 7529, but a part that we do not use (RSCALE, SKIP, BYSECOND other than 0, X-…)
 * - `too-often`: SECONDLY, MINUTELY, HOURLY
 * - `interval`, `count`: larger than {@link LIMITS}
 * - `times`: BYHOUR and BYMINUTE beside COUNT or BYSETPOS, which would then mean times and not days
 */
export type RuleProblem = 'unreadable' | 'unsupported' | 'too-often' | 'interval' | 'count' | 'times';

export interface ReadRule {
  readonly ok: true;
  /** RFC 5545 without DTSTART, its parts in one fixed order and without what is default: equal rules are equal texts. */
  readonly rrule: string;
  /** What BYHOUR and BYMINUTE said, in order; empty when they said nothing. */
  readonly times: readonly Temporal.PlainTime[];
}

/** Beyond these a rule is more likely a slip than a wish, and finding its next day would take long. */
export const LIMITS = {
  characters: 500,
  count: 1000,
  interval: { DAILY: 366, WEEKLY: 104, MONTHLY: 60, YEARLY: 10 },
} as const;

type Freq = keyof typeof LIMITS.interval;

const list = (item: string) => new RegExp(`^${item}(?:,${item})*$`, 'u');
const signed = (digits: string) => list(`[+-]?(?:${digits})`);

/** The parts that we take, in the order in which they are kept, each with its shape (RFC 5545, 3.3.10). */
const SHAPES: Readonly<Record<string, RegExp>> = {
  FREQ: /^(?:DAILY|WEEKLY|MONTHLY|YEARLY)$/u,
  INTERVAL: /^0*[1-9]\d{0,5}$/u,
  COUNT: /^0*[1-9]\d{0,8}$/u,
  UNTIL: /^\d{8}(?:T\d{6}Z?)?$/u,
  BYMONTH: list('(?:0?[1-9]|1[0-2])'),
  BYWEEKNO: signed('0?[1-9]|[1-4]\\d|5[0-3]'),
  BYYEARDAY: signed('0{0,2}[1-9]|0?[1-9]\\d|[12]\\d\\d|3[0-5]\\d|36[0-6]'),
  BYMONTHDAY: signed('0?[1-9]|[12]\\d|3[01]'),
  BYDAY: list('[+-]?(?:0?[1-9]|[1-4]\\d|5[0-3])?(?:MO|TU|WE|TH|FR|SA|SU)'),
  BYHOUR: list('(?:[01]?\\d|2[0-3])'),
  BYMINUTE: list('[0-5]?\\d'),
  BYSECOND: /^0+$/u,
  BYSETPOS: signed('0{0,2}[1-9]|0?[1-9]\\d|[12]\\d\\d|3[0-5]\\d|36[0-6]'),
  WKST: /^(?:MO|TU|WE|TH|FR|SA|SU)$/u,
};

const TIME_PARTS = new Set(['BYHOUR', 'BYMINUTE', 'BYSECOND']);
const KNOWN_ELSEWHERE = /^(?:RSCALE|SKIP|BYEASTER|X-.+)$/u;

function problemOf(name: string, value: string): RuleProblem | undefined {
  if (KNOWN_ELSEWHERE.test(name)) return 'unsupported';
  if (name === 'FREQ' && /^(?:SECONDLY|MINUTELY|HOURLY)$/u.test(value)) return 'too-often';
  if (name === 'BYSECOND' && /^\d/u.test(value) && !SHAPES.BYSECOND?.test(value)) return 'unsupported';
  return SHAPES[name]?.test(value) ? undefined : 'unreadable';
}

function split(text: string): Map<string, string> | RuleProblem {
  const parts = new Map<string, string>();
  for (const part of text.split(';')) {
    const [name = '', value = '', ...rest] = part.split('=').map((side) => side.trim());
    if (rest.length > 0 || parts.has(name)) return 'unreadable';
    const problem = problemOf(name, value);
    if (problem) return problem;
    parts.set(name, value);
  }
  return parts;
}

/** What the standard forbids together, and what would take long to search. */
function contradiction(parts: ReadonlyMap<string, string>): RuleProblem | undefined {
  const freq = parts.get('FREQ') as Freq | undefined;
  if (!freq) return 'unreadable';
  if (parts.has('COUNT') && parts.has('UNTIL')) return 'unreadable';
  if (parts.has('BYWEEKNO') && freq !== 'YEARLY') return 'unreadable';
  if (parts.has('BYYEARDAY') && freq !== 'YEARLY') return 'unreadable';
  if (parts.has('BYMONTHDAY') && freq === 'WEEKLY') return 'unreadable';
  const hasOrdinal = /\d/u.test(parts.get('BYDAY') ?? '');
  if (hasOrdinal && (freq === 'DAILY' || freq === 'WEEKLY' || parts.has('BYWEEKNO'))) return 'unreadable';
  const limiting = ['BYMONTH', 'BYWEEKNO', 'BYYEARDAY', 'BYMONTHDAY', 'BYDAY'].some((name) => parts.has(name));
  if (parts.has('BYSETPOS') && !limiting) return 'unreadable';
  if (Number(parts.get('INTERVAL') ?? 1) > LIMITS.interval[freq]) return 'interval';
  if (Number(parts.get('COUNT') ?? 1) > LIMITS.count) return 'count';
  const hasTimes = parts.has('BYHOUR') || parts.has('BYMINUTE');
  if (hasTimes && (parts.has('COUNT') || parts.has('BYSETPOS'))) return 'times';
  if (parts.has('BYMINUTE') && !parts.has('BYHOUR')) return 'times';
  return undefined;
}

const numbers = (value: string): number[] => [...new Set(value.split(',').map(Number))].sort((a, b) => a - b);

/** `+2MO` and `02MO` are `2MO`; in the order of the week, then of the month. */
function weekdays(value: string): string {
  const read = value.split(',').map((day) => ({ nth: Number(day.slice(0, -2) || 0), day: day.slice(-2) as Weekday }));
  const ordered = read.sort((a, b) => a.nth - b.nth || WEEKDAYS.indexOf(a.day) - WEEKDAYS.indexOf(b.day));
  return [...new Set(ordered.map(({ nth, day }) => `${nth || ''}${day}`))].join(',');
}

/** The local day of UNTIL, which counts whole: `Z` means UTC, as in calendars that were exported. */
function untilDay(value: string, zone: string): string | undefined {
  const iso = value.replace(/^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d))?/u, (_, y, m, d, h = '00', min = '00', s = '00') =>
    [`${y}-${m}-${d}`, `${h}:${min}:${s}`].join('T'),
  );
  try {
    const day = value.endsWith('Z')
      ? localAt(Temporal.Instant.from(iso), zone).toPlainDate()
      : Temporal.PlainDateTime.from(iso).toPlainDate();
    return day.toString().replaceAll('-', '');
  } catch {
    return undefined;
  }
}

/** One part as it is kept; undefined when it says only what is so without it. */
function normalPart(name: string, value: string, zone: string): string | undefined {
  switch (name) {
    case 'FREQ':
      return value;
    case 'BYDAY':
      return weekdays(value);
    case 'UNTIL':
      return untilDay(value, zone);
    case 'WKST':
      return value === 'MO' ? undefined : value;
    case 'INTERVAL':
      return Number(value) === 1 ? undefined : String(Number(value));
    default:
      return numbers(value).join(',');
  }
}

function timesOf(parts: ReadonlyMap<string, string>): Temporal.PlainTime[] {
  const hours = parts.get('BYHOUR');
  if (hours === undefined) return [];
  const minutes = numbers(parts.get('BYMINUTE') ?? '0');
  return numbers(hours).flatMap((hour) => minutes.map((minute) => new Temporal.PlainTime(hour, minute)));
}

/**
 * Reads a recurrence rule (RFC 5545, with or without `RRULE:`, never with DTSTART). COUNT and UNTIL count local days, not
 * times of day. Whether the rule ever happens depends on its start too: `checkSchedule` tells.
 *
 * @param zone IANA; which local day an UNTIL in UTC means
 */
export function readRule(text: string, zone: string): ReadRule | { readonly ok: false; readonly why: RuleProblem } {
  const bare = text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/u, '')
    .replace(/;$/u, '');
  if (bare.length > LIMITS.characters) return { ok: false, why: 'unreadable' };
  const parts = split(bare);
  if (typeof parts === 'string') return { ok: false, why: parts };
  const problem = contradiction(parts);
  if (problem) return { ok: false, why: problem };
  const until = parts.get('UNTIL');
  if (until !== undefined && untilDay(until, zone) === undefined) return { ok: false, why: 'unreadable' };
  const kept = Object.keys(SHAPES)
    .filter((name) => parts.has(name) && !TIME_PARTS.has(name))
    .map((name) => [name, normalPart(name, parts.get(name) as string, zone)] as const)
    .filter(([, value]) => value !== undefined);
  return { ok: true, rrule: kept.map(([name, value]) => `${name}=${value}`).join(';'), times: timesOf(parts) };
}

/** The parts of a rule that {@link readRule} has normalised. */
export const partsOf = (rrule: string): ReadonlyMap<string, string> =>
  new Map(rrule.split(';').map((part) => part.split('=', 2) as [string, string]));
