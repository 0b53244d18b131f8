import { latinFor } from './letters.js';

const inLatin = (text: string): string => [...text].map((letter) => latinFor(letter) ?? letter).join('');
const bare = (text: string): string => text.normalize('NFKD').replace(/[\p{M}\p{DI}]/gu, '');

/**
 * A text as it looks from afar: small letters without marks, other alphabets' letters as the Latin ones that they are drawn as. Letters
 * are looked up as they stand first, since many a capital looks like another letter than its small one.
 */
export const alike = (text: string): string => inLatin(bare(inLatin(bare(inLatin(text))).toLowerCase()));

/** The same for a name, without blanks and signs, and what is hardly told apart in many fonts made one. */
const drawn = (name: string): string =>
  alike(name)
    .replace(/[l1|!]/gu, 'i')
    .replaceAll('0', 'o')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replace(/[^\p{L}\p{N}]+/gu, '');

const said = (name: string): string => name.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ').trim();

/**
 * Whether two names that are written differently are hardly told apart, as they stand or in small letters. Two people may well have the
 * same name.
 */
export const looksLike = (one: string, other: string): boolean =>
  said(one) !== said(other) && (drawn(one) === drawn(other) || drawn(said(one)) === drawn(said(other)));

/** Alphabets that have letters in common with one another to the eye. */
const ALPHABETS = [
  /\p{Script=Latin}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
  /\p{Script=Lisu}/u,
  /\p{Script=Coptic}/u,
];

/** Whether a word of it is put together of alphabets that look alike, as no language does. */
export const mixesAlphabets = (name: string): boolean =>
  name.split(/[^\p{L}\p{M}]+/u).some((word) => ALPHABETS.filter((alphabet) => alphabet.test(word)).length > 1);

/** What those who are in charge, and the bot, are called. */
const OFFICES = new Set(
  'homegroup bot system sistema admin admins administrator administrador administradora mod mods moderator moderador moderadora staff team equipo facilitator facilitators facilitador facilitadora coordinator coordinators coordinador coordinadora'.split(
    ' ',
  ),
);
const DRAWN_OFFICES = new Set([...OFFICES].map(drawn));

/** Whether a name says, or looks as if it said, that somebody is in charge here. */
export const claimsOffice = (name: string): boolean =>
  DRAWN_OFFICES.has(drawn(name)) || name.split(/[^\p{L}\p{M}\p{N}|!]+/u).some((word) => DRAWN_OFFICES.has(drawn(word)));
