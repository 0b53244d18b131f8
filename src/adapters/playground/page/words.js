/** @import { Say, TextName } from './types.js' */

/** @type {Record<string, Record<string, string>>} */
let texts = { en: {} };

/** Fetches the words of the page in every language. */
export async function loadWords() {
  const response = await fetch('./api/words');
  if (!response.ok) throw new Error('The words of the page could not be loaded.');
  texts = await response.json();
}

export const languages = () => Object.keys(texts);

/**
 * The language of the page's words that serves a BCP 47 tag best.
 * @param {string} tag
 */
export function languageFor(tag) {
  const base = tag.toLowerCase().split('-')[0] ?? 'en';
  return base in texts ? base : 'en';
}

/** What the browser's owner reads best, with the country whose dates they are used to. */
export const browserTag = () => navigator.languages.find((tag) => (tag.toLowerCase().split('-')[0] ?? '') in texts) ?? 'en';
export const browserLanguage = () => languageFor(browserTag());

/**
 * The name of a language in itself.
 * @param {string} tag
 */
export const languageName = (tag) => new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;

/**
 * @param {string} tag
 * @returns {Say}
 */
export function sayIn(tag) {
  const language = languageFor(tag);
  return (name, values = {}) => {
    const text = texts[language]?.[name] ?? texts.en?.[name] ?? name;
    return text.replace(/\{(\w+)\}/gu, (_all, key) => String(values[key] ?? ''));
  };
}
