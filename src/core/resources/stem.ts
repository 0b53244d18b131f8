import { foldWords } from '../../words/fold.js';

/** Stems that are remembered. */
const MOST_KNOWN = 20_000;
const stems = new Map<string, string>();

/** Characters of a stem: no word that people look for is longer. */
const MOST_STEM = 24;

/** Words that say nothing of what is looked for, in English and Spanish, as they are folded. */
const FILLERS = new Set(
  `a an and are at by can close do find for from get go have help i im in is it looking me my near nearby need needs of on or please
   some someone somewhere than that the there to want wants where who with within accept accepts take takes taking offer offers
   al algo alguien alrededor acepta aceptan ayuda busco buscar cerca con de del donde el en ella es la las lo los me mi necesito
   o para por que quiero se su un una y`
    .split(/\s+/u)
    .filter(Boolean),
);

/** The first characters, none cut in two: half of one cannot be stored. */
export const firstSigns = (text: string, most: number): string =>
  text.length <= most ? text : [...text].slice(0, most).join('');

/** Whether a folded word says nothing of what is looked for. */
export const isFiller = (word: string): boolean => FILLERS.has(word);

/**
 * What English and Spanish forms of a word have in common: "clinics", "clinic" and "clínica" are one. It is rough, because a
 * search only needs both sides to be treated alike.
 */
export function stem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  // Lists say the same words again and again.
  if (stems.size >= MOST_KNOWN) stems.clear();
  const found = makeStem(word);
  stems.set(word, found);
  return found;
}

function makeStem(word: string): string {
  let left = word;
  if (/\d/u.test(left)) return firstSigns(left, MOST_STEM);
  if (left.length > 3) left = left.replace(/(?<![su])s$/u, '');
  if (left.length > 5) left = left.replace(/(?:ing|ed)$/u, '');
  left = left.replace(/y$/u, 'i').replace(/([b-df-hj-np-tv-z])\1$/u, '$1');
  if (left.length > 4) left = left.replace(/[aeo]$/u, '');
  return firstSigns(left, MOST_STEM);
}

/** The words of a text that say something, folded, each once, in their order. */
const wordsOf = (text: string): readonly string[] => [
  ...new Set(
    foldWords(text)
      .split(' ')
      .filter((word) => word !== '' && !isFiller(word)),
  ),
];

/** The stems of a text, each once. */
export const stemsOf = (text: string): readonly string[] => [...new Set(wordsOf(text).map(stem))];

/** The word, and what is left of it without each one of its letters: words a slip apart share one of these. */
export const nearOf = (word: string): readonly string[] => [
  ...new Set([word, ...Array.from(word, (_, at) => [...word].filter((_sign, i) => i !== at).join(''))]),
];
