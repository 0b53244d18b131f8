import type { Key, Words } from '../words/index.js';
import { pathName } from './command.js';
import type { Choice, Path } from './message.js';
import type { Param } from './param.js';

/** The words of a command are found by its path, so that a definition never repeats them. */
function find(words: Words, key: string): string | undefined {
  return words.has(key) ? words.t(key as Key) : undefined;
}

function must(words: Words, key: string): string {
  const text = find(words, key);
  if (text === undefined) throw new Error(`The ${words.language} catalogue has no ${key}.`);
  return text;
}

const base = (path: Path) => `commands.${pathName(path)}`;

/** What the command does, in at most 100 characters. */
export const commandHelp = (words: Words, path: Path) => must(words, `${base(path)}.help`);
/** What its form is called, in at most 24 characters; the command itself where it has no title of its own. */
export const commandTitle = (words: Words, path: Path, title?: Key) =>
  title ? words.t(title) : (find(words, `${base(path)}.title`) ?? `/${path.filter(Boolean).join(' ')}`);
/** Said above the fields of its form. */
export const commandIntro = (words: Words, path: Path) => find(words, `${base(path)}.intro`);
/** What a root command is for, in at most 100 characters. */
export const rootHelp = (words: Words, root: string) => must(words, `commands.${root}.help`);
/** At most 45 characters. */
export const paramLabel = (words: Words, path: Path, name: string, param?: Param) =>
  param?.words ? words.t(param.words.label) : must(words, `${base(path)}.params.${name}.label`);
/** At most 100 characters. */
export const paramHelp = (words: Words, path: Path, name: string, param?: Param) =>
  param?.words ? words.t(param.words.help ?? 'chat.form.skip') : must(words, `${base(path)}.params.${name}.help`);

/** The values that a param offers, with their labels; undefined where anything may be said. */
export function paramChoices(words: Words, path: Path, name: string, param: Param): readonly Choice[] | undefined {
  const label = (value: string) => {
    const key = param.words?.choices?.[value];
    return key ? words.t(key) : must(words, `${base(path)}.params.${name}.choices.${value}`);
  };
  if (param.values) return param.values.map((value) => ({ value, label: label(value) }));
  if (param.kind === 'bool') return (['yes', 'no'] as const).map((value) => ({ value, label: words.t(`chat.${value}`) }));
  return undefined;
}
