import { readCatalogues } from '../../words/catalogue.js';
import { languages } from '../../words/index.js';

const PREFIX = 'playground.';

/** The words of the page itself, by language and by name. The page puts the values in. */
export function pageWords(): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const catalogues = readCatalogues();
  return Object.fromEntries(
    languages.map((language) => {
      const texts = [...(catalogues.get(language) ?? [])].filter(([key]) => key.startsWith(PREFIX));
      return [language, Object.fromEntries(texts.map(([key, text]) => [key.slice(PREFIX.length), text]))];
    }),
  );
}
