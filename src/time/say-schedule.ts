import type { Temporal } from 'temporal-polyfill';
import { orderTimes } from './recurrence.js';
import { type RuleProblem, readRule, WEEKDAYS, type Weekday } from './rule.js';
import { readTime } from './say-times.js';
import { anyOf, DAYPART_WORDS, type DayPart, NUMBER_WORDS, ORDINAL_WORDS, UNIT_WORDS, WEEKDAY_WORDS } from './say-words.js';

/** On which days and at what times; zone and start are the member's. */
export interface SaidSchedule {
  readonly rrule: string;
  readonly times: readonly Temporal.PlainTime[];
}

/**
 * What could not be understood.
 * - `word`: the part of the text where reading stopped is in `word`
 * - `no-time`, `no-day`: it says on which days but not when, or "weekly" but not on which day
 * - `how-many`: "twice a day" with other than two times
 * - `two-rules`: two that contradict each other, such as "daily on Mondays, every 3 weeks"
 * - else as `readRule` says
 */
export type SayProblem = RuleProblem | 'word' | 'no-time' | 'no-day' | 'how-many' | 'two-rules';

export type Say =
  | ({ readonly ok: true } & SaidSchedule)
  | { readonly ok: false; readonly why: SayProblem; readonly word?: string };

const MOST_CHARACTERS = 200;

/** What was understood so far. */
interface Draft {
  freq?: 'DAILY' | 'WEEKLY' | 'MONTHLY';
  interval?: number;
  readonly days: Set<Weekday>;
  readonly monthDays: Set<number>;
  readonly nth: Set<string>;
  readonly times: Temporal.PlainTime[];
  perDay?: number;
  hint?: DayPart;
  /** "at" was said: numbers are times from here on. */
  at: boolean;
  problem?: SayProblem;
}

const lookUp = <T>(table: ReadonlyMap<string, T>, word: string | undefined): T | undefined => table.get(word ?? '');

function setFreq(draft: Draft, freq: Draft['freq'], interval?: number): void {
  // "twice a day, every day" and "every month on the 1st of the month" say the same thing twice.
  if (draft.freq !== undefined && draft.freq !== freq) draft.problem ??= 'two-rules';
  if (interval !== undefined && draft.interval !== undefined && draft.interval !== interval) draft.problem ??= 'two-rules';
  draft.freq = freq;
  draft.interval = interval ?? draft.interval;
}

function addRange(draft: Draft, from: Weekday, to: Weekday): void {
  const first = WEEKDAYS.indexOf(from);
  const length = ((WEEKDAYS.indexOf(to) - first + 7) % 7) + 1;
  for (let i = 0; i < length; i++) draft.days.add(WEEKDAYS[(first + i) % 7] as Weekday);
}

function addMonthDay(draft: Draft, day: number): void {
  if (day > 31 || day === 0) draft.problem ??= 'unreadable';
  draft.monthDays.add(day);
}

const W = anyOf(WEEKDAY_WORDS);
const U = anyOf(UNIT_WORDS);
const N = `(?:\\d{1,4}|${anyOf(NUMBER_WORDS)})`;
const ORD = anyOf(ORDINAL_WORDS);
const EACH = '(?:every|each|cada)';
const OF_MONTH = '(?:of (?:the|each|every) month|de cada mes|del mes)';
const number = (word: string | undefined) => lookUp(NUMBER_WORDS, word) ?? Number(word);

type Phrase = readonly [pattern: RegExp, understand: (draft: Draft, found: readonly (string | undefined)[]) => void];
const phrase = (pattern: string, understand: Phrase[1]): Phrase => [new RegExp(`^${pattern}(?![\\p{L}\\p{N}])`, 'u'), understand];

/** Tried in this order at every place in the text. */
const PHRASES: readonly Phrase[] = [
  phrase(`(?:once|una vez|1 vez) (?:a|per|al|por|each|cada) (?:day|dia)`, (draft) => {
    setFreq(draft, 'DAILY');
    draft.perDay = 1;
  }),
  phrase(`(?:twice|(${N}) (?:times|veces)) (?:a|per|al|por|each|every|cada) (?:day|dia)`, (draft, [, count]) => {
    setFreq(draft, 'DAILY');
    draft.perDay = count === undefined ? 2 : number(count);
  }),
  phrase(`${EACH} (?:other|second|otro|segundo) (${W})(?! ${OF_MONTH})`, (draft, [, day]) => {
    setFreq(draft, 'WEEKLY', 2);
    draft.days.add(lookUp(WEEKDAY_WORDS, day) as Weekday);
  }),
  phrase(`${EACH} (${N}) (${W})`, (draft, [, count, day]) => {
    setFreq(draft, 'WEEKLY', number(count));
    draft.days.add(lookUp(WEEKDAY_WORDS, day) as Weekday);
  }),
  phrase('(?:alternate|alternos?|alternas?)', (draft) => setFreq(draft, 'WEEKLY', 2)),
  phrase('(?:un dia si y otro no|dia por medio)', (draft) => setFreq(draft, 'DAILY', 2)),
  phrase(`${EACH} (other|second|otro|otra|segundo|segunda|${N}) (${U})`, (draft, [, count, unit]) => {
    const freq = lookUp(UNIT_WORDS, unit);
    if (freq === 'too-often') draft.problem ??= 'too-often';
    else setFreq(draft, freq, /^(?:other|second|otr[oa]|segund[oa])$/u.test(count ?? '') ? 2 : number(count));
  }),
  phrase(`(?:${EACH} (?:hour|minute|hora|minuto)|hourly)`, (draft) => {
    draft.problem ??= 'too-often';
  }),
  phrase(
    `(?:(?:${EACH} |on )?(?:weekdays?|work ?days|working days)|(?:los )?dias (?:laborables|habiles)|entre semana)`,
    (draft) => addRange(draft, 'MO', 'FR'),
  ),
  phrase(`(?:(?:${EACH} |on |the )*weekends?|(?:los |el |cada |todos los )*fin(?:es)? de semana)`, (draft) =>
    addRange(draft, 'SA', 'SU'),
  ),
  phrase(`(?:${EACH} ?(?:day|dia)|daily|todos los dias|a diario|diario|diariamente)`, (draft) => setFreq(draft, 'DAILY')),
  phrase(`(?:${EACH} |todas las )(${anyOf(DAYPART_WORDS)})`, (draft, [, part]) => {
    setFreq(draft, 'DAILY');
    draft.hint = lookUp(DAYPART_WORDS, part);
  }),
  phrase(`(?:${EACH} week|cada semana|weekly|semanal|semanalmente|todas las semanas)`, (draft) => setFreq(draft, 'WEEKLY')),
  phrase('(?:fortnightly|every fortnight)', (draft) => setFreq(draft, 'WEEKLY', 2)),
  phrase(`(?:${OF_MONTH}|${EACH} month|cada mes|monthly|mensual|mensualmente|todos los meses)`, (draft) =>
    setFreq(draft, 'MONTHLY'),
  ),
  phrase(`(?:(?:from|de) )?(${W})(?: to | through | thru | a | ?- ?)(${W})`, (draft, [, from, to]) =>
    addRange(draft, lookUp(WEEKDAY_WORDS, from) as Weekday, lookUp(WEEKDAY_WORDS, to) as Weekday),
  ),
  phrase('(?:the )?(?:last day|ultimo dia)', (draft) => addMonthDay(draft, -1)),
  phrase(`((?:${ORD} ?(?:,|and|y|the|el) ?(?:and |y |the |el )?)*${ORD}) (${W})`, (draft, [, nths = '', day]) => {
    for (const nth of nths.split(/[ ,]+/u).filter((word) => ORDINAL_WORDS.has(word)))
      draft.nth.add(`${lookUp(ORDINAL_WORDS, nth)}${lookUp(WEEKDAY_WORDS, day)}`);
  }),
  phrase(W, (draft, [day]) => draft.days.add(lookUp(WEEKDAY_WORDS, day) as Weekday)),
  phrase('(\\d{1,2})(?:st|nd|rd|th|er|ro|do|to|o)', (draft, [, day]) => addMonthDay(draft, Number(day))),
  phrase('(first|primero)', (draft) => addMonthDay(draft, 1)),
  phrase('(?:on )?(?:the|day|days|el dia|los dias|dia|dias|el|los) (\\d{1,2})(?!:| ?[ap]m)', (draft, [, day]) =>
    addMonthDay(draft, Number(day)),
  ),
  phrase('(?:at|@|a las|a la|al)', (draft) => {
    draft.at = true;
  }),
  phrase('(?:,|and|y|e|on|the|in|of|every|each|cada|el|los|las|la|de|todos|todas)', () => undefined),
];

/** Lower case, no accents, single blanks, commas apart: what the patterns above are written for. */
export const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/\b([ap])\.? ?m\b\.?/gu, '$1m')
    .replace(/[–—]/gu, '-')
    .replace(/[,;&+]/gu, ' , ')
    .replace(/@/gu, ' @ ')
    .replace(/[.!]+\s*$/u, '')
    .replace(/(?<=\b[1-5])\.?º(?= )/gu, 'o')
    .replace(/[º°ª]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();

/** Takes one thing off the beginning of the text; the number of characters, 0 when nothing fits. */
function take(text: string, draft: Draft): number {
  const said = readTime(text, draft.at, draft.hint);
  const isMonthDay = said?.bare && !draft.at && (draft.freq === 'MONTHLY' || draft.monthDays.size > 0);
  if (said && !isMonthDay) {
    draft.times.push(said.time);
    return said.length;
  }
  if (said) {
    addMonthDay(draft, Number(text.slice(0, said.length)));
    return said.length;
  }
  for (const [pattern, understand] of PHRASES) {
    const found = pattern.exec(text);
    if (!found) continue;
    understand(draft, found);
    return found[0].length;
  }
  return 0;
}

function ruleOf(draft: Draft): string | SayProblem {
  const { days, monthDays, nth } = draft;
  const isMonthly = monthDays.size > 0 || nth.size > 0;
  if (isMonthly && (days.size > 0 || (draft.freq && draft.freq !== 'MONTHLY') || (monthDays.size > 0 && nth.size > 0)))
    return 'two-rules';
  const interval = draft.interval === undefined ? '' : `;INTERVAL=${draft.interval}`;
  if (isMonthly) {
    const which = nth.size > 0 ? `BYDAY=${[...nth].join(',')}` : `BYMONTHDAY=${[...monthDays].join(',')}`;
    return `FREQ=MONTHLY${interval};${which}`;
  }
  if (draft.freq === 'MONTHLY') return days.size > 0 ? 'two-rules' : 'no-day';
  if (draft.freq === 'WEEKLY' && days.size === 0) return 'no-day';
  if (days.size === 0 || (days.size === 7 && interval === '')) return `FREQ=DAILY${interval}`;
  // "Every day, Monday to Friday" is fine; "every 3 days on Monday" is not.
  if (draft.freq === 'DAILY' && (interval !== '' || days.size === 1)) return 'two-rules';
  return `FREQ=WEEKLY${interval};BYDAY=${[...days].join(',')}`;
}

function finish(rrule: string, times: readonly Temporal.PlainTime[], zone: string): Say {
  const read = readRule(rrule, zone);
  if (!read.ok) return read;
  const all = orderTimes([...read.times, ...times]);
  return all.length > 0 ? { ok: true, rrule: read.rrule, times: all } : { ok: false, why: 'no-time' };
}

function readAll(text: string, draft: Draft): string | undefined {
  for (let rest = text; rest !== ''; ) {
    const length = take(rest, draft);
    if (length === 0) return /^\S+/u.exec(rest)?.[0];
    rest = rest.slice(length).trimStart();
  }
  return undefined;
}

const freshDraft = (at: boolean): Draft => ({ days: new Set(), monthDays: new Set(), nth: new Set(), times: [], at });

/**
 * Reads when something recurs, as people say it, in any language that has a catalogue: "weekdays at 7:30am", "cada 3 días al
 * mediodía", "monthly on the 1st at 9", or an RRULE with or without times after it. Times alone mean every day. A bare hour is
 * on the 24-hour clock, so what was understood must be shown before it is saved.
 *
 * @param zone IANA, for an UNTIL that is in UTC
 */
export function saySchedule(text: string, zone: string): Say {
  if (text.length > MOST_CHARACTERS) return { ok: false, why: 'unreadable' };
  const raw = /^\s*((?:RRULE:)?(?:[A-Z-]+=[^\s;]+;?)+)\s*(.*)$/isu.exec(text);
  const draft = freshDraft(raw !== null);
  const unknown = readAll(fold(raw ? (raw[2] as string) : text), draft);
  if (draft.problem) return { ok: false, why: draft.problem };
  if (unknown !== undefined) return { ok: false, why: 'word', word: unknown };
  if (raw) return finish(raw[1] as string, draft.times, zone);
  if (draft.times.length === 0 && fold(text) === '') return { ok: false, why: 'no-time' };
  const rrule = ruleOf(draft);
  if (!rrule.startsWith('FREQ=')) return { ok: false, why: rrule as SayProblem };
  const times = orderTimes(draft.times);
  if (draft.perDay !== undefined && times.length > 0 && times.length !== draft.perDay) return { ok: false, why: 'how-many' };
  return finish(rrule, times, zone);
}
