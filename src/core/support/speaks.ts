/** ISO 639 of the two written forms of Norwegian, which lines call by their common name. */
const SAME: Readonly<Record<string, string>> = { nb: 'no', nn: 'no' };
/** "Many languages", in the table. */
export const MANY = 'mul';

interface Speaking {
  /** ISO 639; {@link MANY}: many. */
  readonly languages: readonly string[];
  readonly interpreters?: boolean | undefined;
}

/** The language of a BCP 47 tag as lines call it: `es` for `es-419`, `no` for `nb-NO`. */
export function spokenIn(tag: string): string {
  const [language = tag] = tag.toLowerCase().split(/[-_]/u);
  return SAME[language] ?? language;
}

/** 0: answers in that language; 1: perhaps, or through somebody; 2: says of no such thing. */
function rank({ languages, interpreters }: Speaking, language: string): number {
  if (languages.includes(language)) return 0;
  return interpreters || languages.includes(MANY) ? 1 : 2;
}

/** Lines that speak a language first, in the order in which they were otherwise. None is left out. */
export const speakingFirst = <L extends Speaking>(lines: readonly L[], language: string): L[] =>
  [...lines].sort((a, b) => rank(a, language) - rank(b, language));

/** The languages that lines say they speak, without {@link MANY}. */
export const languagesOf = (lines: readonly Speaking[]): string[] =>
  [...new Set(lines.flatMap(({ languages }) => languages))].filter((language) => language !== MANY);
