/**
 * Letters of other alphabets that are drawn as a Latin one. A part of Unicode's confusables (TR 39) on purpose: the alphabets with which
 * names are imitated. What is Latin in another dress (wide, bold, circled) is undone by NFKD.
 */
const DRAWN_AS: Readonly<Record<string, string>> = {
  ...{ a: 'аɑα', b: 'ьвβ', c: 'сϲ', d: 'ԁɗ', e: 'еҽε', f: 'ғƒ', g: 'ɡց', h: 'һнհ', i: 'іıιӏɪ', j: 'јϳ', k: 'кκ', l: 'ⅼ' },
  ...{
    m: 'мʍ',
    n: 'пηոɴ',
    o: 'оοσօ',
    p: 'рρ',
    q: 'ԛ',
    r: 'гʀ',
    s: 'ѕꜱ',
    t: 'тτ',
    u: 'υս',
    v: 'ѵν',
    w: 'ԝѡω',
    x: 'хχ',
    y: 'уүγ',
    z: 'ᴢ',
  },
};
const LATIN = new Map(Object.entries(DRAWN_AS).flatMap(([latin, others]) => [...others].map((other) => [other, latin] as const)));

/** A text as it looks from afar: small letters without marks, other alphabets' letters as the Latin ones that they are drawn as. */
export const alike = (text: string): string =>
  [
    ...text
      .normalize('NFKD')
      .replace(/[\p{M}\p{DI}]/gu, '')
      .toLowerCase()
      .normalize('NFKD')
      .replace(/\p{M}/gu, ''),
  ]
    .map((letter) => LATIN.get(letter) ?? letter)
    .join('');

/** The same for a name, without blanks and signs, and what is hardly told apart in many fonts made one. */
const drawn = (name: string): string =>
  alike(name)
    .replace(/[l1|!]/gu, 'i')
    .replaceAll('0', 'o')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replace(/[^\p{L}\p{N}]+/gu, '');

const said = (name: string): string => name.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ').trim();

/** Whether two names that are written differently are hardly told apart. Two people may well have the same name. */
export const looksLike = (one: string, other: string): boolean => said(one) !== said(other) && drawn(one) === drawn(other);

/** Alphabets that have letters in common with one another to the eye. */
const ALPHABETS = [
  /\p{Script=Latin}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
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
