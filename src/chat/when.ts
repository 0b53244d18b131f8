import * as english from 'chrono-node/en';
import * as spanish from 'chrono-node/es';
import { Temporal } from 'temporal-polyfill';
import { instantOf } from '../time/local.js';

/** A moment as a person wrote it. Which instant that is depends on their zone and on now. */
export interface When {
  readonly text: string;
  /** The instant, or undefined when the words mean nothing at that moment. `zone` is IANA. */
  at(zone: string, now: Date): { readonly instant: Date; readonly hasTime: boolean } | undefined;
}

const readers = [english.casual, spanish.casual];

function read(text: string, zone: string, now: Date): { instant: Date; hasTime: boolean } | undefined {
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  const reference = { instant: now, timezone: here.offsetNanoseconds / 60e9 };
  const found = readers.map((reader) => reader.parse(text, reference)).filter((results) => results.length > 0);
  const best = found.sort((a, b) => (b[0]?.text.length ?? 0) - (a[0]?.text.length ?? 0))[0]?.[0]?.start;
  if (!best) return undefined;
  const hasTime = best.isCertain('hour');
  if (best.isCertain('timezoneOffset')) return { instant: best.date(), hasTime };
  const part = (name: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second') => best.get(name) ?? 0;
  const local = Temporal.PlainDateTime.from({
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  });
  return { instant: new Date(instantOf(local, zone).epochMilliseconds), hasTime };
}

/** Natural dates in every language that has a catalogue: "tomorrow at 7pm", "el martes a las 19:00", "2026-05-04". */
export function readWhen(text: string): When | undefined {
  const when: When = { text, at: (zone, now) => read(text, zone, now) };
  return when.at('UTC', new Date(0)) ? when : undefined;
}
