import { type Parser, ParsingComponents, type ParsingContext } from 'chrono-node';
import { Chrono, createCasualConfiguration } from 'chrono-node/es';

/** Marks what these parsers read, all of it understood. */
export const OURS = 'homegroup/spanish';

const UNITS: readonly (readonly [RegExp, 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year'])[] = [
  [/^minutos?$/iu, 'minute'],
  [/^horas?$/iu, 'hour'],
  [/^d[ií]as?$/iu, 'day'],
  [/^semanas?$/iu, 'week'],
  [/^mes(?:es)?$/iu, 'month'],
  [/^a[ñn]os?$/iu, 'year'],
];

const NUMBERS: Readonly<Record<string, number>> = {
  un: 1,
  una: 1,
  dos: 2,
  tres: 3,
  cuatro: 4,
  cinco: 5,
  seis: 6,
  siete: 7,
  ocho: 8,
  nueve: 9,
  diez: 10,
  once: 11,
  doce: 12,
};

/** A letter with an accent is no end of a word, although `\b` takes it for one. */
const word = (pattern: string) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, 'iu');

const ago = (context: ParsingContext, count: number, unit: string): ParsingComponents | null => {
  const name = UNITS.find(([pattern]) => pattern.test(unit))?.[1];
  if (!name) return null;
  return ParsingComponents.createRelativeFromReference(context.reference, { [name]: -count }).addTag(OURS);
};

/** «hace 5 días», «hace una semana» */
const since: Parser = {
  pattern: () => word(`hace\\s+(\\d{1,4}|${Object.keys(NUMBERS).join('|')})\\s+(\\p{L}+)`),
  extract: (context, [, count = '', unit = '']) => ago(context, NUMBERS[count.toLowerCase()] ?? Number(count), unit),
};

/** «anteayer», also as it is said in America */
const dayBeforeYesterday: Parser = {
  pattern: () => word('anteayer|antes\\s+de\\s+ayer|antier'),
  extract: (context) => ago(context, 2, 'días'),
};

/** «la semana pasada»: as long ago as «last week» is in English */
const last: Parser = {
  pattern: () => word('(?:la\\s+|el\\s+)?(?:(semana)\\s+pasada|(mes|año)\\s+pasado)'),
  extract: (context, [, week, longer]) => ago(context, 1, week ?? longer ?? ''),
};

const configuration = createCasualConfiguration();

/** Spanish as chrono reads it, and what it does not: how long ago something was. */
export const spanish = new Chrono({ ...configuration, parsers: [since, dayBeforeYesterday, last, ...configuration.parsers] });
