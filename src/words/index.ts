import { IntlMessageFormat } from 'intl-messageformat';
import { type Key, readCatalogues } from './catalogue.js';

export type { Key } from './catalogue.js';
export type Values = Readonly<Record<string, string | number | undefined>>;

const SOURCE = 'en';
const catalogues = readCatalogues();

/** Languages that have a catalogue, English first. */
export const languages: readonly string[] = [SOURCE, ...[...catalogues.keys()].filter((name) => name !== SOURCE).sort()];

/** The catalogue that serves a BCP 47 tag best; English where none does. */
export function languageFor(tag: string | undefined): string {
  const wanted = (tag ?? SOURCE).toLowerCase().replaceAll('_', '-');
  return languages.find((name) => wanted === name || wanted.startsWith(`${name}-`)) ?? SOURCE;
}

/** One language's words. */
export interface Words {
  readonly language: string;
  t(key: Key, values?: Values): string;
  /** As {@link t}, with values that are not text (a mention, an instant) kept as they are, in their places. */
  rich<T extends object>(key: Key, values: Readonly<Record<string, string | number | T>>): (string | T)[];
  /** For keys made by convention from a definition. */
  has(key: string): key is Key;
}

function open(language: string): Words {
  const texts = catalogues.get(language);
  const source = catalogues.get(SOURCE);
  const formats = new Map<string, IntlMessageFormat>();

  function format(key: Key): IntlMessageFormat {
    const known = formats.get(key);
    if (known) return known;
    const text = texts?.get(key) ?? source?.get(key);
    if (text === undefined) throw new Error(`No text is named ${key}.`);
    const made = new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
    formats.set(key, made);
    return made;
  }

  return {
    language,
    t: (key, values) => String(format(key).format(values)),
    rich: <T extends object>(key: Key, values: Readonly<Record<string, string | number | T>>) =>
      format(key)
        .formatToParts<T>(values)
        .map((part) => part.value as string | T),
    has: (key): key is Key => texts?.has(key) ?? false,
  };
}

const opened = new Map(languages.map((language) => [language, open(language)]));

/** The words for a BCP 47 tag. */
export function wordsFor(tag: string | undefined): Words {
  const words = opened.get(languageFor(tag));
  if (!words) throw new Error('The English catalogue is missing.');
  return words;
}
