import { Temporal } from 'temporal-polyfill';
import { anyOf, DAYPART_WORDS, type DayPart, NUMBER_WORDS } from './say-words.js';

/** A time of day that text begins with. */
export interface SaidTime {
  readonly time: Temporal.PlainTime;
  /** Characters that it took. */
  readonly length: number;
  /** Nothing but a number: it might be a day of the month. */
  readonly bare: boolean;
}

const NAMED: readonly [RegExp, number][] = [
  [/^(?:noon|midday|mediodia)\b/u, 12],
  [/^(?:midnight|medianoche)\b/u, 0],
];

const PARTS = `(?:\\s*,?\\s*(?:in the|at|de la|por la|of the)\\s+(?<part>${anyOf(DAYPART_WORDS)})\\b)?`;
const END = '(?![\\p{L}\\d])';
const HALF = '(?:\\s*(?<half>am|pm)\\b|(?<letter>[ap])\\b)?';
const HOUR_WORD = "(?:\\s*(?:hrs?|hs|h|horas|o'?clock|en punto)\\b)?";
const FRACTION = '(?<fraction>\\s+(?:y media|y cuarto|menos cuarto)\\b)?';

const CLOCK = new RegExp(
  `^(?<hour>\\d{1,2})(?:[:.h](?<minute>[0-5]\\d))?(?![\\d:])${HOUR_WORD}${FRACTION}${HALF}${PARTS}${END}`,
  'u',
);
const DIGITS = /^(?<hour>[01]\d|2[0-3])(?<minute>[0-5]\d)(?!\d)/u;
const SPELT = new RegExp(`^(?<hour>${anyOf(NUMBER_WORDS)})\\b${HOUR_WORD}${FRACTION}${HALF}${PARTS}${END}`, 'u');
const PAST = new RegExp(
  `^(?<past>half past|quarter past|quarter to)\\s+(?<hour>\\d{1,2}|${anyOf(NUMBER_WORDS)})\\b${HALF}${PARTS}${END}`,
  'u',
);

const FRACTIONS: Readonly<Record<string, number>> = {
  'y media': 30,
  'half past': 30,
  'y cuarto': 15,
  'quarter past': 15,
  'menos cuarto': -15,
  'quarter to': -15,
};

/** Undefined where there is no such hour, such as 13 pm. */
function hourOf(
  hour: number,
  half: string | undefined,
  part: DayPart | undefined,
  hint: DayPart | undefined,
): number | undefined {
  if (half) return hour >= 1 && hour <= 12 ? (hour % 12) + (half === 'pm' ? 12 : 0) : undefined;
  if (hour > 23) return undefined;
  const meant = part ?? hint;
  if (hour > 12 || !meant) return hour;
  if (meant === 'morning') return hour % 12;
  // "every night at 1" is after midnight; "at 7" is before it.
  if (meant === 'night') return hour === 12 ? 0 : hour < 5 ? hour : hour + 12;
  return hour === 12 ? 12 : hour + 12;
}

function fromMatch(found: RegExpExecArray, hint: DayPart | undefined): SaidTime | undefined {
  const { hour = '', minute, half, letter, part, fraction, past } = found.groups ?? {};
  const saidHalf = half ?? (letter && `${letter}m`);
  const spelt = NUMBER_WORDS.get(hour) ?? Number(hour);
  const on24 = hourOf(spelt, saidHalf, DAYPART_WORDS.get(part ?? ''), hint);
  if (on24 === undefined) return undefined;
  const shift = FRACTIONS[(fraction ?? past ?? '').trim()] ?? 0;
  const time = new Temporal.PlainTime(on24, Number(minute ?? 0)).add({ minutes: shift });
  return { time, length: found[0].length, bare: /^\d+$/u.test(found[0]) };
}

/**
 * Reads a time of day at the beginning of folded text (`fold`): `7:30am`, `21:00`, `9 pm`, `noon`, `8 de la tarde`.
 *
 * @param expected after "at" or "a las", where `eight` and `0730` are times too
 * @param hint the part of the day that was named before, as in "every evening at 8"
 */
export function readTime(text: string, expected: boolean, hint?: DayPart): SaidTime | undefined {
  for (const [pattern, hour] of NAMED) {
    const found = pattern.exec(text);
    if (found) return { time: new Temporal.PlainTime(hour), length: found[0].length, bare: false };
  }
  const spelt = expected ? (DIGITS.exec(text) ?? SPELT.exec(text)) : null;
  const found = PAST.exec(text) ?? spelt ?? CLOCK.exec(text);
  return found ? fromMatch(found, hint) : undefined;
}
