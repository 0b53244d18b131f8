/** Words as they are compared: no capitals, accents or signs, single blanks. */
export const foldWords = (text: string): string =>
  // Most texts need nothing of what follows, which takes four times as long.
  /^[\0-\x7f]*$/u.test(text) ? asciiWords(text) : unicodeWords(text);

const asciiWords = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

const unicodeWords = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
