import { foldWords } from '../../words/fold.js';
import { languages } from '../../words/index.js';

/** Codes that CLDR names although ISO 3166-1 gives them to no country: unions, tests, and parts of other countries. */
const noCountry = new Set('EU EZ UN QO XA XB ZZ AC CP CQ DG EA IC TA'.split(' '));
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const isCountry = (code: string) => new Intl.Locale(`und-${code}`).region === code && !noCountry.has(code);

/** What people call a country besides its name. Keys as {@link fold} leaves them. */
const aliases: Readonly<Record<string, string>> = {
  uk: 'GB',
  'great britain': 'GB',
  'gran bretana': 'GB',
  britain: 'GB',
  england: 'GB',
  inglaterra: 'GB',
  scotland: 'GB',
  escocia: 'GB',
  wales: 'GB',
  gales: 'GB',
  'northern ireland': 'GB',
  'irlanda del norte': 'GB',
  usa: 'US',
  america: 'US',
  'united states of america': 'US',
  'estados unidos de america': 'US',
  eeuu: 'US',
  eua: 'US',
  'ee uu': 'US',
  eire: 'IE',
  'republic of ireland': 'IE',
  'republica de irlanda': 'IE',
  'canary islands': 'ES',
  'islas canarias': 'ES',
  canarias: 'ES',
  holland: 'NL',
  holanda: 'NL',
  aotearoa: 'NZ',
  mejico: 'MX',
  'czech republic': 'CZ',
  'republica checa': 'CZ',
};

/** Case, accents, dots and articles do not matter. */
const fold = (text: string): string => foldWords(text.replace(/\./gu, '')).replace(/^(?:the|el|la|los|las) (?=.{2})/u, '');

const namesIn = new Map<string, Intl.DisplayNames>();

function display(language: string): Intl.DisplayNames {
  const known = namesIn.get(language);
  if (known) return known;
  const made = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
  namesIn.set(language, made);
  return made;
}

/** A country's name in the reader's language; its code where that language has none. */
export const countryName = (country: string, language: string): string => display(language).of(country) ?? country;

const everyCode = letters
  .flatMap((a) => letters.map((b) => `${a}${b}`))
  .filter((code) => isCountry(code) && display('en').of(code));
const ownLanguage = (country: string) => new Intl.Locale(`und-${country}`).maximize().language;

/** Every way to write a country: in the catalogues' languages, in its own, and what it is commonly called. */
const written = new Map<string, string>([
  ...everyCode.map((code) => [fold(countryName(code, ownLanguage(code))), code] as const),
  ...languages.flatMap((language) => everyCode.map((code) => [fold(countryName(code, language)), code] as const)),
  ...Object.entries(aliases),
]);

/**
 * Reads a country as people write it: an ISO code, its name in a language of the catalogues or in its own, or what it is
 * commonly called. Only the whole text counts, because "New Mexico" is not Mexico.
 * @returns ISO 3166-1 alpha-2; undefined when it is no country that we can tell.
 */
export function readCountry(text: string): string | undefined {
  const folded = fold(text);
  const code = folded.toUpperCase();
  return written.get(folded) ?? (everyCode.includes(code) ? code : undefined);
}

export interface Country {
  /** ISO 3166-1 alpha-2. */
  readonly value: string;
  /** Its name in the reader's language. */
  readonly label: string;
}

/** These countries, by name in the reader's alphabet; every country of the world unless told. */
export function countries(language: string, codes: readonly string[] = everyCode): Country[] {
  const { compare } = new Intl.Collator(language);
  return codes.map((value) => ({ value, label: countryName(value, language) })).sort((a, b) => compare(a.label, b.label));
}

/** Countries whose name holds what was typed, those that begin with it first; those of `first` go before others of their kind. */
export function countriesLike(typed: string, language: string, first: readonly string[] = []): Country[] {
  const wanted = fold(typed);
  if (wanted === '' && first.length > 0) return countries(language, first);
  const exact = readCountry(typed);
  const rank = ({ value, label }: Country) =>
    (value === exact ? 0 : fold(label).startsWith(wanted) ? 2 : 4) + (first.includes(value) ? 0 : 1);
  return countries(language)
    .filter(({ value, label }) => value === exact || fold(label).includes(wanted))
    .sort((a, b) => rank(a) - rank(b));
}
