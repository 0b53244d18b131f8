import { WEEKDAYS } from './rule.js';
import { fold } from './say-schedule.js';
import { readTime } from './say-times.js';
import { anyOf, type DayPart, WEEKDAY_WORDS } from './say-words.js';

/** Minutes since the local midnight, from the first up to but not the second, which may lie in the next day. */
export type Span = readonly [from: number, to: number];

/** When somebody would like something to begin. What is absent does not matter to them. */
export interface Wish {
  /** What begins now or has just begun. */
  readonly now?: true;
  /** Days from today: 0 is today. */
  readonly ahead?: readonly number[];
  /** From 0, Sunday. */
  readonly weekdays?: readonly number[];
  readonly spans?: readonly Span[];
}

const HOUR = 60;
const MIDNIGHT = 24 * HOUR;
const MOST_CHARACTERS = 200;

/** Around a time that was named: a little before is worth knowing, and so is a while after. */
const around = (minute: number): Span => [Math.max(0, minute - 30), minute + 90];

const PARTS: Readonly<Record<DayPart | 'tarde' | 'evening' | 'noon' | 'midnight' | 'early', Span>> = {
  early: [4 * HOUR, 8 * HOUR],
  morning: [5 * HOUR, 12 * HOUR],
  noon: [11.5 * HOUR, 13.5 * HOUR],
  afternoon: [12 * HOUR, 17.5 * HOUR],
  /** In Spanish it lasts until it is dark. */
  tarde: [12 * HOUR, 20.5 * HOUR],
  evening: [17 * HOUR, 22 * HOUR],
  night: [19 * HOUR, 27 * HOUR],
  midnight: [23 * HOUR, 25 * HOUR],
};

interface Draft {
  now: boolean;
  readonly ahead: Set<number>;
  readonly weekdays: Set<number>;
  readonly spans: Span[];
  hint?: DayPart;
}

type Say = (draft: Draft, found: RegExpExecArray) => void;
const END = '(?![\\p{L}\\p{N}])';
const phrase = (pattern: string, say: Say): [RegExp, Say] => [new RegExp(`^(?:${pattern})${END}`, 'u'), say];

const part =
  (name: keyof typeof PARTS, hint: DayPart, ahead?: number): Say =>
  (draft) => {
    draft.spans.push(PARTS[name]);
    draft.hint = hint;
    if (ahead !== undefined) draft.ahead.add(ahead);
  };
const day =
  (...ahead: readonly number[]): Say =>
  (draft) => {
    for (const one of ahead) draft.ahead.add(one);
  };
const week =
  (...days: readonly number[]): Say =>
  (draft) => {
    for (const one of days) draft.weekdays.add(one);
  };

const WEEKDAY = anyOf(WEEKDAY_WORDS);
const IN = '(?:in the |at |por la |de la |en la |a la |la )?';

/** The first that fits counts. Written for {@link fold}. */
const PHRASES: readonly [RegExp, Say][] = [
  phrase('right now|now|ahora mismo|ahora|ya', (draft) => {
    draft.now = true;
  }),
  phrase('tonight|esta noche', part('night', 'night', 0)),
  phrase('this morning|esta manana', part('morning', 'morning', 0)),
  phrase('this afternoon', part('afternoon', 'afternoon', 0)),
  phrase('esta tarde', part('tarde', 'afternoon', 0)),
  phrase('this evening', part('evening', 'afternoon', 0)),
  phrase('day after tomorrow|pasado manana', day(2)),
  phrase('today|hoy', day(0)),
  phrase('tomorrow', day(1)),
  phrase('(?:this |the |el |este )?(?:weekends?|fin de semana|finde|fines de semana)', week(6, 0)),
  phrase('weekdays?|workdays?|entre semana|dias laborables', week(1, 2, 3, 4, 5)),
  phrase('(?:early (?:in the )?morning|early|temprano|madrugada|de madrugada)', part('early', 'morning')),
  phrase(`(?:in the |por la |de la |en la |a la |la )(?:manana|mananas)|mornings?|mananas`, part('morning', 'morning')),
  phrase(`${IN}(?:noon|midday|lunch ?time|mediodia)|al mediodia`, part('noon', 'afternoon')),
  phrase(`${IN}(?:evenings?)`, part('evening', 'afternoon')),
  phrase(`${IN}(?:afternoons?)`, part('afternoon', 'afternoon')),
  phrase(`${IN}tardes?`, part('tarde', 'afternoon')),
  phrase(`${IN}(?:midnight|medianoche)`, part('midnight', 'night')),
  phrase(`${IN}(?:nights?|noches?)`, part('night', 'night')),
  phrase(`(?:this |next |este |proximo )?(${WEEKDAY})`, (draft, [, name = '']) => {
    const weekday = WEEKDAY_WORDS.get(name);
    if (weekday) draft.weekdays.add((WEEKDAYS.indexOf(weekday) + 1) % 7);
  }),
];

const FILLER =
  /^(?:,|on|at|and|or|the|in|around|about|el|los|la|las|a|al|y|o|u|por|para|de|sobre|hacia|starting)(?![\p{L}\p{N}])/u;
const LIMIT =
  /^(?:(?<after>after|from|since|despues de|desde|a partir de)|(?<before>before|until|till|antes de|hasta))(?: (?:las|la))? /u;
const UNTIL = /^ ?(?:-|to|until|and|a|hasta|y)(?: (?:las|la))? /u;
/** What a clock says of the half of the day that it means. */
const HALF = /^0|[ap]m?$|manana|tarde|noche|morning|afternoon|evening|night/u;

/** Minutes since midnight that a time at the beginning of the text can mean, with the characters that it took. */
function timesAt(
  text: string,
  hint: DayPart | undefined,
): { readonly minutes: readonly number[]; readonly length: number } | undefined {
  const found = readTime(text, true, hint);
  if (!found) return undefined;
  const minute = found.time.hour * HOUR + found.time.minute;
  const isTwofold = !hint && minute >= HOUR && minute < 12 * HOUR && !HALF.test(text.slice(0, found.length).trim());
  return { minutes: isTwofold ? [minute, minute + 12 * HOUR] : [minute], length: found.length };
}

/** A time, a limit, or a stretch between two times. @returns the characters that it took */
function readClock(text: string, draft: Draft): number {
  const limit = LIMIT.exec(text);
  const start = limit?.[0].length ?? 0;
  const first = timesAt(text.slice(start), draft.hint);
  if (!first) return 0;
  const end = start + first.length;
  if (limit?.groups?.before) {
    draft.spans.push([0, Math.max(...first.minutes)]);
    return end;
  }
  const until = UNTIL.exec(text.slice(end));
  const last = until && timesAt(text.slice(end + until[0].length), draft.hint);
  if (last && until) {
    // "7 to 9pm" names the half of the day once.
    const [to = 0] = last.minutes.slice(-1);
    const from = first.minutes.toReversed().find((minute) => minute < to) ?? (first.minutes[0] as number);
    draft.spans.push([from, to > from ? to : to + MIDNIGHT]);
    return end + until[0].length + last.length;
  }
  // "after 7" most likely means the evening, and starts with the earlier of the two.
  if (limit) draft.spans.push([Math.max(...first.minutes), MIDNIGHT]);
  else draft.spans.push(...first.minutes.map(around));
  return end;
}

/** Reads one piece at the beginning. @returns the characters that it took; 0: it is not understood */
function readPiece(text: string, draft: Draft, manana: 'day' | 'time'): number {
  for (const [pattern, say] of PHRASES) {
    const found = pattern.exec(text);
    if (!found) continue;
    say(draft, found);
    return found[0].length;
  }
  // Alone, the word is tomorrow where a day is asked for, and the morning where a time is.
  const alone = new RegExp(`^manana${END}`, 'u').exec(text);
  if (alone) {
    if (manana === 'day') draft.ahead.add(1);
    else part('morning', 'morning')(draft, alone);
    return alone[0].length;
  }
  return readClock(text, draft);
}

function toWish({ now, ahead, weekdays, spans }: Draft): Wish {
  return {
    ...(now && { now: true as const }),
    ...(ahead.size > 0 && { ahead: [...ahead].toSorted((a, b) => a - b) }),
    ...(weekdays.size > 0 && { weekdays: [...weekdays].toSorted((a, b) => a - b) }),
    ...(spans.length > 0 && { spans }),
  };
}

/** A part of the day beside a clock only says which half of the day is meant. */
function settle(draft: Draft): void {
  const parts: ReadonlySet<Span> = new Set(Object.values(PARTS));
  const clocks = draft.spans.filter((span) => !parts.has(span));
  const isNight = draft.spans.includes(PARTS.night) && draft.ahead.has(0);
  if (clocks.length > 0 && clocks.length < draft.spans.length && !isNight) draft.spans.splice(0, Infinity, ...clocks);
}

/**
 * Reads from the beginning as much as says when: "tonight", "tomorrow evening", "tue or thu at 7pm", "el lunes por la tarde",
 * "after 19:00". English and Spanish may be mixed.
 * @param manana what Spanish "mañana" means where it stands alone
 * @returns what was understood, and the folded words that were not
 */
export function startWish(text: string, manana: 'day' | 'time'): { readonly wish: Wish; readonly rest: string } {
  const draft: Draft = { now: false, ahead: new Set(), weekdays: new Set(), spans: [] };
  let left = fold(text.slice(0, MOST_CHARACTERS));
  let rest = left;
  while (left !== '') {
    const filler = FILLER.exec(left)?.[0].length;
    const took = readPiece(left, draft, manana);
    if (took === 0 && filler === undefined) break;
    left = left.slice(took || filler).trimStart();
    // Fillers count only before something that is understood.
    if (took > 0) rest = left;
  }
  settle(draft);
  return { wish: toWish(draft), rest };
}

/** The same, of a text that says nothing else; undefined when it does. */
export function readWish(text: string, manana: 'day' | 'time'): Wish | undefined {
  const { wish, rest } = startWish(text, manana);
  return rest === '' && Object.keys(wish).length > 0 ? wish : undefined;
}

/** Both together: what one leaves open the other may say. */
export function joinWishes(one: Wish, other: Wish): Wish {
  return { ...one, ...other };
}
