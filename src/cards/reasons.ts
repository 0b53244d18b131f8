import type { Suggestion } from '../core/pairing/rank.js';
import type { Words } from '../words/index.js';
import { sayWish } from './wishes.js';

/** What of the wishes a mentor fulfils, one by one. */
export const fulfilledIn = (words: Words, reasons: Suggestion['reasons']): string[] =>
  reasons.map(({ what, values }) => words.t(`sponsor.reasons.${what}`, { values: sayWish(words, { what, values }) }));

/** Why a mentor is suggested, in one line: what of the wishes they fulfil, and how many places they have. */
export const sayReasons = (words: Words, { reasons, capacity, taken }: Suggestion): string =>
  [...fulfilledIn(words, reasons), words.t('sponsor.reasons.places', { count: capacity - taken })].join(' · ');
