/** A word, or part of one: plain, in single quotes, or in double quotes in which a backslash may stand before a quote or a backslash. */
const PART = /'([^']*)'|"((?:[^"\\]|\\["\\])*)"|([^\s'"]+)/uy;

/**
 * Splits a command line into its words, as nothing but blanks and quotes have it: no variable, no pattern and no pipe is known.
 * @returns undefined where there is no word, or a quote is left open
 */
export function splitWords(line: string): readonly [string, ...string[]] | undefined {
  const words: string[] = [];
  let at = 0;
  while (at < line.length) {
    if (/\s/u.test(line.charAt(at))) {
      at += 1;
      continue;
    }
    let word = '';
    while (at < line.length && !/\s/u.test(line.charAt(at))) {
      PART.lastIndex = at;
      const found = PART.exec(line);
      if (!found) return undefined;
      word += found[1] ?? found[2]?.replace(/\\(["\\])/gu, '$1') ?? found[3] ?? '';
      at = PART.lastIndex;
    }
    words.push(word);
  }
  const [program, ...args] = words;
  return program ? [program, ...args] : undefined;
}
