import type { Block } from '../chat/index.js';
import type { Wishes, WishName } from '../core/pairing/wishes.js';
import type { Words } from '../words/index.js';
import { languageName } from '../words/languages.js';
import { sayValues } from './pairing-words.js';

const LISTS = {
  pathway: 'pathways',
  gender: 'genders',
  hours: 'slots',
  way: 'ways',
  pace: 'paces',
  tone: 'tones',
  experience: 'experiences',
  recovery: 'recoveries',
  topic: 'topics',
  medication: 'medication',
} as const satisfies Readonly<Record<Exclude<WishName, 'language'>, string>>;

/** The values of a wish in words. */
export const sayWish = (
  words: Words,
  { what, values }: { readonly what: WishName; readonly values: readonly string[] },
): string =>
  what === 'language'
    ? values.map((code) => languageName(words.language, code)).join(', ')
    : sayValues(words, LISTS[what], values);

/** What matters to somebody who asks, as whoever is asked reads it: who it is stays out of it. */
export function wishesCard(words: Words, { wishes, words: own, zone }: Wishes): Block<never>[] {
  const facts = wishes.map((wish) => ({
    label: words.t(`sponsor.wishes.${wish.what}`),
    value: `${sayWish(words, wish)}${wish.what === 'hours' ? ` (${zone})` : ''}${wish.must ? ` · ${words.t('sponsor.must')}` : ''}`,
  }));
  return [
    ...(facts.length > 0 ? [{ kind: 'facts' as const, facts }] : [{ kind: 'text' as const, text: words.t('sponsor.noWishes') }]),
    ...(own === undefined ? [] : [{ kind: 'text' as const, text: [{ bold: words.t('sponsor.ownWords') }, ` ${own}`] }]),
  ];
}
