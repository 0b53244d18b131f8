import type { TenantDb } from '../../db/tenant.js';
import { foldWords } from '../../words/fold.js';
import { type Category, type Concept, type Cost, meaningsOf, meantBy, narrowed, termOf, type Who } from './concepts.js';
import { stateTerm } from './states.js';
import { isFiller, stem, stemsOf } from './stem.js';
import { countsOf, meantWords } from './vocabulary.js';

/** What was asked, as it was typed. What is absent does not matter to them. */
export interface Asked {
  readonly what?: string | undefined;
  readonly place?: string | undefined;
  readonly category?: Category | undefined;
  readonly who?: Who | undefined;
  readonly cost?: Cost | undefined;
  readonly open?: boolean | undefined;
  /** ISO 639. */
  readonly language?: string | undefined;
  /** Miles around the place. */
  readonly within?: number | undefined;
}

export const ASKS = ['what', 'place', 'category', 'who', 'cost', 'open', 'language', 'within'] as const;

/** Words any of which will do, and how many services have one. */
export interface Wanted {
  readonly words: readonly string[];
  readonly count: number;
}

/** What is looked for among the services' terms. */
export interface Search {
  /** Each makes a service better; none is needed. */
  readonly wanted: readonly Wanted[];
  /** Every one of them has to be there. */
  readonly needed: readonly string[];
  /** Each has to be met by one of the service's places. */
  readonly place: readonly (readonly string[])[];
  readonly open: boolean;
  /** Miles. */
  readonly within?: number;
}

const MOST_WORDS = 12;

/** Words any of which is looked for, and those that are where no service has any of them. */
interface Part {
  readonly words: readonly string[];
  readonly otherwise: readonly string[];
}

/** The parts of what was typed: words and phrases that mean something together, and words that stand for themselves. */
function partsOf(text: string): readonly Part[] {
  const words = foldWords(text).split(' ').filter(Boolean).slice(0, 40);
  const stems = words.map(stem);
  const parts: Part[] = [];
  let from = 0;
  const meanings = meaningsOf(stems);
  while (from < words.length) {
    const meaning = meanings.find((one) => one.from === from);
    const length = meaning?.length ?? 1;
    const own = stems.slice(from, from + length).filter((_, i) => !isFiller(words[from + i] ?? ''));
    const concepts: readonly Concept[] = meaning?.concepts ?? [];
    const any = [...(length === 1 ? own : []), ...narrowed(concepts).map(termOf)];
    if (any.length > 0) parts.push({ words: any, otherwise: concepts.map(termOf) });
    from += length;
  }
  return parts.slice(0, MOST_WORDS);
}

/** What a word may mean that no service has: a word that some have, or one that is known. */
async function mended(db: TenantDb, words: readonly string[]): Promise<readonly string[]> {
  const [word] = words;
  if (word === undefined || words.length > 1) return words;
  const known = meantBy(word).flatMap((phrase) => meaningsOf([phrase]).flatMap(({ concepts }) => concepts.map(termOf)));
  const near = await meantWords(db, word);
  return [...new Set([word, ...known, ...near.map((one) => one.word)])];
}

/** A postal code stands for the ones around it, too: often nobody has exactly that one. */
const withRegion = (words: readonly string[]): readonly string[] => {
  const [word = ''] = words;
  return words.length === 1 && /^\d{5}$/u.test(word) ? [word, `${word.slice(0, 3)}*`] : words;
};

async function wantedOf(db: TenantDb, given: readonly Part[]): Promise<Wanted[]> {
  const parts = given.map(({ words, otherwise }) => ({ words: withRegion(words), otherwise }));
  const counts = await countsOf(
    db,
    parts.flatMap(({ words, otherwise }) => [...words, ...otherwise]),
  );
  const sum = (words: readonly string[], by: ReadonlyMap<string, number>) =>
    words.reduce((count, word) => count + (by.get(word) ?? 0), 0);
  const wanted: Wanted[] = [];
  for (const { words: own, otherwise } of parts) {
    const some = [own, otherwise].find((words) => sum(words, counts) > 0);
    if (some) {
      wanted.push({ words: some, count: sum(some, counts) });
      continue;
    }
    const words = await mended(db, own);
    wanted.push({ words, count: sum(words, await countsOf(db, words)) });
  }
  return wanted;
}

/** Words of a place: its state, its postal code, or what its city and county are called. */
async function placeOf(db: TenantDb, text: string): Promise<(readonly string[])[]> {
  const state = stateTerm(text);
  if (state !== undefined) return [[state]];
  const words = foldWords(text.replace(/(\d{5})-\d{4}/u, '$1')).split(' ');
  const last = words.length > 1 ? stateTerm(words.at(-1) ?? '') : undefined;
  const stems = stemsOf((last === undefined ? words : words.slice(0, -1)).join(' '));
  const found = await wantedOf(
    db,
    stems.map((word) => ({ words: [word], otherwise: [] })),
  );
  const places = found.map(({ words }) => words);
  return last === undefined ? places : [...places, [last]];
}

/** What the words mean in this community. Nothing of it is kept. */
export async function searchOf(db: TenantDb, asked: Asked): Promise<Search> {
  const { what, place, category, who, cost, open, language, within } = asked;
  return {
    wanted: what === undefined ? [] : await wantedOf(db, partsOf(what)),
    needed: [
      ...[category, who, cost].filter((one) => one !== undefined).map(termOf),
      ...(language === undefined ? [] : [`lang:${language}`]),
    ],
    place: place === undefined ? [] : await placeOf(db, place),
    open: open === true,
    ...(within !== undefined && place !== undefined && { within }),
  };
}
