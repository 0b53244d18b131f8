import { eachOf } from './postings.js';
import type { Search, Wanted } from './understand.js';

/** What is worth less than this share of the best is not what was asked for. */
const WORTH = 0.45;
/** How much more a word counts in a name, and in a place: what is far away is of no use. */
const NAME = 0.5;
const PLACE = 1.5;

const ANYWHERE = 1;
const IN_NAME = 2;
const IN_PLACE = 4;

/** Which services have a word, packed. */
export interface Posted {
  readonly anywhere: Uint8Array;
  readonly names: Uint8Array;
  readonly places: Uint8Array;
}
export type Index = ReadonlyMap<string, Posted>;

/** Numbers of services that fit equally well. */
export type Group = readonly number[];

/** A rare word says more. */
export const weight = ({ count }: Pick<Wanted, 'count'>): number => 1 / Math.log(Math.E + count);

/** By where a service has it, what a word is worth. */
const worthsOf = (worth: number): readonly number[] =>
  Array.from(
    { length: 8 },
    (_, where) => worth * ((where & ANYWHERE ? 1 : 0) + (where & IN_NAME ? NAME : 0) + (where & IN_PLACE ? PLACE : 0)),
  );

/** How well each service fits by its words: those in its name and places count more. @param size numbers are below it */
function scoresOf(wanted: readonly Wanted[], index: Index, size: number): Float64Array {
  const scores = new Float64Array(size);
  const where = new Uint8Array(size);
  for (const one of wanted) {
    where.fill(0);
    for (const word of one.words) {
      const posted = index.get(word);
      if (!posted) continue;
      eachOf(posted.anywhere, (no) => (where[no] = (where[no] as number) | ANYWHERE));
      eachOf(posted.names, (no) => (where[no] = (where[no] as number) | IN_NAME));
      eachOf(posted.places, (no) => (where[no] = (where[no] as number) | IN_PLACE));
    }
    const worths = worthsOf(weight(one));
    for (let no = 0; no < size; no++) scores[no] = (scores[no] as number) + (worths[where[no] as number] as number);
  }
  return scores;
}

/** Words of what every service that is found has to be, any of each; those of a place have to be in its places. */
export interface Filter {
  readonly words: readonly string[];
  readonly isPlace: boolean;
}

export const placeFilters = ({ place }: Search): readonly Filter[] => place.map((words) => ({ words, isPlace: true }));

/** @param among the services around the place; undefined: those in it */
const filtersOf = (search: Search, among: Group | undefined): readonly Filter[] => [
  ...search.needed.map((word) => ({ words: [word], isPlace: false })),
  ...(among ? [] : placeFilters(search)),
];

/** All that has to be known of a search's words. */
export const wordsOf = ({ wanted, needed, place }: Search): readonly string[] => [
  ...new Set([...wanted.flatMap(({ words }) => words), ...needed, ...place.flat()]),
];

/** How many of the filters, the first ones, each service passes; the last is to be among those given. */
function passed(filters: readonly Filter[], index: Index, size: number, among?: Group): Uint8Array {
  const fits = new Uint8Array(size);
  for (const [at, { words, isPlace }] of filters.entries())
    for (const word of words) {
      const posted = index.get(word);
      if (!posted) continue;
      eachOf(isPlace ? posted.places : posted.anywhere, (no) => {
        if (fits[no] === at) fits[no] = at + 1;
      });
    }
  for (const no of among ?? []) if (fits[no] === filters.length) fits[no] = filters.length + 1;
  return fits;
}

/** Numbers that are marked with it, rising. */
function marked(marks: Uint8Array, mark: number): Group {
  const group: number[] = [];
  for (let no = 0; no < marks.length; no++) if (marks[no] === mark) group.push(no);
  return group;
}

/** The services that pass all of the filters. */
export const passing = (filters: readonly Filter[], index: Index, size: number): Group =>
  marked(passed(filters, index, size), filters.length);

/** Numbers by their scores, the best first, without those of less than the least. */
function byScore(scores: Float64Array, least: number): readonly Group[] {
  const groups = new Map<number, number[]>();
  // Mostly the same as before, which is quicker than to look it up.
  let last = -1;
  let group: number[] = [];
  for (let no = 0; no < scores.length; no++) {
    const score = scores[no] as number;
    if (score === 0 || score < least) continue;
    if (score !== last) {
      group = groups.get(score) ?? [];
      groups.set(score, group);
      last = score;
    }
    group.push(no);
  }
  return [...groups].sort(([a], [b]) => b - a).map(([, numbers]) => numbers);
}

/**
 * The services that fit, the best first; those that fit equally well are together, their numbers rising.
 * @param among only these; undefined: all that pass the filters
 * @param size numbers of services are below it
 */
export function groupsOf(search: Search, index: Index, size: number, among?: Group): readonly Group[] {
  const filters = filtersOf(search, among);
  const mark = filters.length + (among ? 1 : 0);
  // Words that nobody has find nothing, rather than everything.
  if (search.wanted.length > 0 && !search.wanted.some(({ words }) => words.some((word) => index.has(word)))) return [];
  const fits = passed(filters, index, size, among);
  if (search.wanted.length === 0) {
    const fitting = marked(fits, mark);
    return fitting.length === 0 ? [] : [fitting];
  }
  const scores = scoresOf(search.wanted, index, size);
  let top = 0;
  for (let no = 0; no < size; no++) {
    const score = fits[no] === mark ? (scores[no] as number) : 0;
    scores[no] = score;
    if (score > top) top = score;
  }
  return byScore(scores, top * WORTH);
}
