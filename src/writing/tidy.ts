/** Marks on one letter: those of all alphabets (pointed Arabic has three), and all together. */
const MARKS = { common: 4, all: 8 };
/** Lines without a word, one after the other. */
const BLANK_LINES = 2;
/** UTF-16 units that tell what a character is among: the flag of a region has fourteen. */
const AROUND = 16;

const RTL = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
/** A letter or mark whose shape a joiner changes. */
const JOINING =
  /(?!\p{DI})[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mong}\p{scx=Nkoo}\p{scx=Adlm}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}]$/u;
const UNSPACED = /(?!\p{DI})[\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u;
const UNSPACED_BEFORE = new RegExp(`${UNSPACED.source}$`, 'u');
const UNSPACED_AFTER = new RegExp(`^${UNSPACED.source}`, 'u');
const PICTURE_BEFORE = /\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?$/u;
const FLAG_BEFORE = /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{0,6}$/u;
const FLAG_AFTER = /^[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{0,6}\u{e007f}/u;

interface Among {
  /** As it stays: between two that are needed there may be some that are not. */
  readonly before: string;
  /** Begins with the character itself. */
  readonly from: string;
  readonly after: string;
  readonly runsFromTheRight: boolean;
}

/** What nobody sees, and when honest writing needs it all the same. */
const HONEST: readonly (readonly [what: RegExp, when: (among: Among) => boolean])[] = [
  [/\u200d/u, ({ before, after }) => JOINING.test(before) || (PICTURE_BEFORE.test(before) && /^\p{ExtPict}/u.test(after))],
  [/\u200c/u, ({ before, after }) => JOINING.test(before) && /^(?!\p{DI})[\p{L}\p{M}]/u.test(after)],
  [/\u200b/u, ({ before, after }) => UNSPACED_BEFORE.test(before) && UNSPACED_AFTER.test(after)],
  [/[\u200e\u200f\u061c]/u, ({ before, runsFromTheRight }) => runsFromTheRight && !/[\u200e\u200f\u061c]$/u.test(before)],
  [
    /[\ufe0e\ufe0f]/u,
    ({ before, after }) => /\p{ExtPict}$/u.test(before) || (/[0-9#*]$/u.test(before) && /^\u20e3/u.test(after)),
  ],
  [/[\ufe00-\ufe0d]/u, ({ before }) => /(?!\p{DI})[\p{L}\p{S}]$/u.test(before)],
  [/[\u{e0100}-\u{e01ef}]/u, ({ before }) => /\p{Script=Han}$/u.test(before)],
  [/[\u180b-\u180f]/u, ({ before }) => /(?!\p{DI})\p{Script=Mongolian}$/u.test(before)],
  [/[\u{e0030}-\u{e007f}]/u, ({ before, from }) => FLAG_BEFORE.test(before) && FLAG_AFTER.test(from)],
];

const UNSEEN = /(?![\t\n])\p{Cc}|\p{DI}|[\ufff9-\ufffb]/gu;

function withoutUnseen(text: string): string {
  const runsFromTheRight = RTL.test(text);
  let kept = '';
  let seen = 0;
  for (const { 0: char, index: at } of text.matchAll(UNSEEN)) {
    kept += text.slice(seen, at);
    seen = at + char.length;
    const when = HONEST.find(([what]) => what.test(char))?.[1];
    const from = text.slice(at, at + AROUND);
    if (when?.({ before: kept.slice(-AROUND), from, after: from.slice(char.length), runsFromTheRight })) kept += char;
  }
  return kept + text.slice(seen);
}

/** The first few marks of a letter, so that nothing is piled up over the lines of others. */
function withFewMarks(run: string): string {
  let common = 0;
  const kept = [...run].filter((mark) => !/\p{Script=Inherited}/u.test(mark) || ++common <= MARKS.common);
  return kept.slice(0, MARKS.all).join('');
}

const BLANKS = new RegExp(`\\n(?:[^\\S\\n]*\\n){${BLANK_LINES + 1},}`, 'gu');

function tidiedOnce(text: string): string {
  return withoutUnseen(
    text
      .replace(/\p{Cs}/gu, '\ufffd')
      .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/gu, '\n')
      .replaceAll('\u2800', ' '),
  )
    .normalize('NFC')
    .replace(/\p{M}{5,}/gu, withFewMarks)
    .normalize('NFC')
    .replace(BLANKS, '\n'.repeat(BLANK_LINES + 1));
}

/**
 * Free text as it is kept and shown: composed (NFC), without what nobody sees and what turns the text of others around, with no more
 * marks on a letter than alphabets need. The joiners of Arabic and Indic words, marks of direction in a text that runs from the right,
 * the sequences of emoji and the blanks without width between Thai words stay. Twice is once.
 *
 * Rules: Unicode TR 36 (security), TR 44 (Default_Ignorable_Code_Point), TR 51 (emoji sequences), TR 9 (bidirectional controls).
 */
export function tidy(text: string): string {
  // Most of what is written.
  if (/^[\x20-\x7e]*$/u.test(text)) return text;
  let tidied = tidiedOnce(text);
  // Composed anew, marks change places, and what one of them needed is needless. Each time there is less of it.
  for (let again = tidiedOnce(tidied); again !== tidied; again = tidiedOnce(tidied)) tidied = again;
  return tidied;
}

/** The same on one line. */
export const tidyLine = (text: string): string => tidy(text).replace(/\s*\n\s*/gu, ' ');
