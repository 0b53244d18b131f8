import type { Suggestion } from '../core/pairing/rank.js';
import type { Words } from '../words/index.js';
import { sayWish } from './wishes.js';

/** Why a mentor is suggested, in one line: what of the wishes they fulfil, and how many places they have. */
export function sayReasons(words: Words, { reasons, capacity, taken }: Suggestion): string {
  const said = reasons.map(({ what, values }) =>
    words.t(`sponsor.reasons.${what}`, { values: sayWish(words, { what, values }) }),
  );
  return [...said, words.t('sponsor.reasons.places', { count: capacity - taken })].join(' · ');
}
