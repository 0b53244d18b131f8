import type { Key, Words } from '../words/index.js';

/** Lists of the vocabulary of profiles and wishes, as the catalogue names them. */
type List =
  | 'pathways'
  | 'genders'
  | 'ways'
  | 'paces'
  | 'tones'
  | 'topics'
  | 'experiences'
  | 'recoveries'
  | 'slots'
  | 'urgencies'
  | 'medication'
  | 'credentials';

/** Where the words for a value are. */
export const valueKey = (list: List, value: string): Key => `pairing.${list}.${value}` as Key;

/** Values in words, one after the other. */
export const sayValues = ({ t }: Words, list: List, values: readonly string[]): string =>
  values.map((value) => t(valueKey(list, value))).join(', ');

/** What each of these values is called, for a param that offers them. */
export const valueWords = (list: List, values: readonly string[]): Readonly<Record<string, Key>> =>
  Object.fromEntries(values.map((value) => [value, valueKey(list, value)]));
