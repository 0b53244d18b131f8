import type { Weekday } from './rule.js';

/**
 * The words that people use for recurring times, in every language that has a catalogue. They are read after accents and
 * capitals are gone, so "Miércoles" is `miercoles`; no word means different things in two of the languages.
 */
const index = <T>(table: Readonly<Record<string, T>>): ReadonlyMap<string, T> =>
  new Map(Object.entries(table).flatMap(([words, value]) => words.split(' ').map((word) => [word, value] as const)));

export const WEEKDAY_WORDS = index<Weekday>({
  'mondays monday mon lunes lun': 'MO',
  'tuesdays tuesday tues tue martes mar': 'TU',
  'wednesdays wednesday weds wed miercoles mier mie': 'WE',
  'thursdays thursday thurs thur thu jueves jue': 'TH',
  'fridays friday fri viernes vie': 'FR',
  'saturdays saturday sat sabados sabado sab': 'SA',
  'sundays sunday sun domingos domingo dom': 'SU',
});

export const NUMBER_WORDS = index<number>({
  'one una uno un': 1,
  'two dos': 2,
  'three tres': 3,
  'four cuatro': 4,
  'five cinco': 5,
  'six seis': 6,
  'seven siete': 7,
  'eight ocho': 8,
  'nine nueve': 9,
  'ten diez': 10,
  'eleven once': 11,
  'twelve doce': 12,
});

/** -1 counts from the end. */
export const ORDINAL_WORDS = index<number>({
  'first 1st primer primero 1er 1o': 1,
  'second 2nd segundo 2do 2o': 2,
  'third 3rd tercer tercero 3er 3o': 3,
  'fourth 4th cuarto 4to 4o': 4,
  'fifth 5th quinto 5to 5o': 5,
  'last ultimo': -1,
});

export type Unit = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'too-often';

export const UNIT_WORDS = index<Unit>({
  'days day dias dia': 'DAILY',
  'weeks week semanas semana': 'WEEKLY',
  'months month meses mes': 'MONTHLY',
  'hours hour minutes minute seconds horas hora minutos minuto segundos': 'too-often',
});

/** Which half of the day a bare hour is meant in. */
export type DayPart = 'morning' | 'afternoon' | 'night';

export const DAYPART_WORDS = index<DayPart>({
  'mornings morning mananas manana madrugada': 'morning',
  'afternoons afternoon evenings evening tardes tarde': 'afternoon',
  'nights night noches noche': 'night',
});

const longestFirst = (words: Iterable<string>) => [...words].sort((a, b) => b.length - a.length).join('|');

/** The words of a table as the inside of a pattern. */
export const anyOf = (table: ReadonlyMap<string, unknown>): string => `(?:${longestFirst(table.keys())})`;
