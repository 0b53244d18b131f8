import { foldWords } from '../../words/fold.js';
import { languages as catalogues } from '../../words/index.js';

/** ISO 639 of the languages that meetings are published in, the frequent ones first. */
const SPOKEN =
  'en es fr pt de it nl pl ru uk fa ar he el tr sv no da fi is lt sk sl hr hu bg ja ko th tl hi pa ml ne ka mt am af vi zh ro cs lv et ur bn id ms sr eu ca cy ga'.split(
    ' ',
  );

const display = new Map<string, Intl.DisplayNames>();

/** The name of a language in another one; its code where there is none. */
export function languageName(code: string, language: string): string {
  const names = display.get(language) ?? new Intl.DisplayNames([language], { type: 'language', fallback: 'code' });
  display.set(language, names);
  try {
    return names.of(code) ?? code;
  } catch {
    // What a list calls a language may be no tag at all.
    return code;
  }
}

const written = new Map(
  SPOKEN.flatMap((code) =>
    [...catalogues, code].map((language): [string, string] => [foldWords(languageName(code, language)), code]),
  ),
);

/** ISO 639 of a language by its code, its own name, or its name in any catalogue; undefined where nobody calls one so. */
export function languageNamed(text: string): string | undefined {
  const folded = foldWords(text);
  return SPOKEN.includes(folded) ? folded : written.get(folded);
}

/** Names of the languages in one of them, the frequent ones first. */
export const languageNames = (language: string): readonly string[] => SPOKEN.map((code) => languageName(code, language));
