import type { ParsedComponents, ParsedResult, ParsingReference } from 'chrono-node';
import * as english from 'chrono-node/en';
import { Temporal } from 'temporal-polyfill';
import { instantOf } from '../time/local.js';
import { OURS, spanish } from './when-spanish.js';

/** A moment as a person wrote it. Which instant that is depends on their zone and on now. */
export interface When {
  readonly text: string;
  /**
   * The instant, or undefined when the words mean nothing at that moment. A day without a time is its first instant, and then
   * `hasTime` is false. `zone` is IANA. With `ahead` a weekday, or a day without a year, is the next one to come.
   */
  at(zone: string, now: Date, ahead?: boolean): { readonly instant: Date; readonly hasTime: boolean } | undefined;
}

const readers = [english.casual, spanish];

/** “tonight” is a time, although it does not name the hour. */
const PART_OF_DAY = /^casualReference\/(?:morning|noon|afternoon|evening|tonight|midnight)$/u;

/** What may stand around a date without changing it. */
const HARMLESS = new Set('a al at by de del desde el en for from hasta la las los of on para since the till until'.split(' '));

/**
 * Whether every word was understood: of «el lunes pasado» and «pasado mañana» chrono reads only the Monday to come and
 * tomorrow, and of «pasado lunes» the next one.
 */
function isWhole(text: string, found: ParsedResult): boolean {
  const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found.text.length)}`;
  const left = rest.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const isHalfRead = /\bpasad[oa]/iu.test(found.text) && !found.tags().has(OURS);
  return left.every((word) => HARMLESS.has(word)) && !isHalfRead;
}

/** Undefined, too, for 04/05/2026, which is two days, one in each language: a guess would be wrong for half of the people. */
function understand(text: string, reference: ParsingReference, forwardDate: boolean): ParsedComponents | undefined {
  const found = readers
    .flatMap((reader) => reader.parse(text, reference, { forwardDate }).slice(0, 1))
    .filter((result) => isWhole(text, result))
    .sort((a, b) => b.text.length - a.text.length);
  const [best, other] = found;
  const isTwofold = other?.text === best?.text && other?.date().getTime() !== best?.date().getTime();
  return isTwofold ? undefined : best?.start;
}

function read(text: string, zone: string, now: Date, ahead: boolean): { instant: Date; hasTime: boolean } | undefined {
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  const best = understand(text, { instant: now, timezone: here.offsetNanoseconds / 60e9 }, ahead);
  if (!best) return undefined;
  const hasTime = best.isCertain('hour') || [...best.tags()].some((tag) => PART_OF_DAY.test(tag));
  if (best.isCertain('timezoneOffset')) return { instant: best.date(), hasTime };
  const part = (name: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second') => best.get(name) ?? 0;
  const local = Temporal.PlainDateTime.from({
    year: part('year'),
    month: part('month'),
    day: part('day'),
    ...(hasTime && { hour: part('hour'), minute: part('minute'), second: part('second') }),
  });
  return { instant: new Date(instantOf(local, zone).epochMilliseconds), hasTime };
}

/** Natural dates in every language that has a catalogue: "tomorrow at 7pm", "el martes a las 19:00", "2026-05-04". */
export function readWhen(text: string): When | undefined {
  const when: When = { text, at: (zone, now, ahead = false) => read(text, zone, now, ahead) };
  return when.at('UTC', new Date(0)) ? when : undefined;
}
