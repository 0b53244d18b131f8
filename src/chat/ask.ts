import type { Words } from '../words/index.js';
import { unwelcome } from '../writing/links.js';
import { tidy } from '../writing/tidy.js';
import type { AnyCommand } from './command.js';
import type { Field, FieldKind, Form, Problem } from './form.js';
import type { Choice, Input, Path } from './message.js';
import { askedParams, isBlank, openParams, type Param, type ParamKind, zonesLike } from './param.js';
import { commandIntro, commandTitle, paramChoices, paramHelp, paramLabel } from './wording.js';

/** A number with at most this many values is picked, not typed: kinder to thumbs, and a Discord list ends at 25. */
const PICKED = 25;

const FIELDS: Readonly<Record<Exclude<ParamKind, 'ref'>, FieldKind>> = {
  text: 'text',
  long: 'long',
  int: 'text',
  bool: 'choice',
  choice: 'choice',
  choices: 'choices',
  member: 'member',
  members: 'members',
  roles: 'roles',
  when: 'text',
  zone: 'text',
};

function choicesOf(words: Words, path: Path, name: string, param: Param): readonly Choice[] | undefined {
  const { min = 0, max = 0 } = param;
  if (param.kind !== 'int' || max - min >= PICKED) return paramChoices(words, path, name, param);
  return Array.from({ length: max - min + 1 }, (_, i) => ({ value: String(min + i), label: String(min + i) }));
}

const shown = (value: unknown): string | readonly string[] | undefined => {
  if (value === undefined || value === null || value === '') return undefined;
  return Array.isArray(value) ? value.map(String) : String(value);
};

function fieldOf(words: Words, path: Path, name: string, param: Param, given: unknown, asks: Asks | undefined): Field {
  const choices = choicesOf(words, path, name, param);
  const kind = choices && param.kind === 'int' ? 'choice' : FIELDS[param.kind as keyof typeof FIELDS];
  const read = param.schema.safeParse(given);
  const usable = kind === 'text' || kind === 'long' ? given : read.success ? plain(read.data) : undefined;
  const value = shown(usable);
  return {
    name,
    label: asks?.[name] ?? paramLabel(words, path, name, param),
    help: paramHelp(words, path, name, param),
    kind,
    required: param.required,
    ...(kind === 'text' || kind === 'long' ? { max: param.kind === 'int' ? 12 : (param.max ?? 200) } : {}),
    ...(choices && { choices }),
    ...(value !== undefined && { value }),
  };
}

const plain = (value: unknown): unknown => (value === true ? 'yes' : value === false ? 'no' : value);

/** The params that step `step` of the form asks for. */
export const stepOf = (command: AnyCommand, step: number, size: number): [string, Param][] =>
  askedParams(command.params).slice(step * size, (step + 1) * size);

export const stepsOf = (command: AnyCommand, size: number): number =>
  Math.max(1, Math.ceil(askedParams(command.params).length / size));

/** Labels that are known only when a button is drawn, such as questions that somebody wrote. By param. */
export type Asks = Readonly<Record<string, string>>;

export function formOf(
  words: Words,
  command: AnyCommand,
  id: string,
  step: number,
  size: number,
  given: Input,
  asks?: Asks,
): Form {
  const intro = commandIntro(words, command.path);
  return {
    id,
    title: commandTitle(words, command.path, command.title),
    ...(intro !== undefined && { intro }),
    submit: words.t(step + 1 < stepsOf(command, size) ? 'chat.form.next' : 'chat.form.send'),
    fields: stepOf(command, step, size).map(([name, param]) => fieldOf(words, command.path, name, param, given[name], asks)),
  };
}

/** The names of required params that were not given. */
export const missing = (command: AnyCommand, input: Input): string[] =>
  openParams(command.params)
    .filter(([name, param]) => param.required && isBlank(input[name]))
    .map(([name]) => name);

function whatIsWrongWritten(words: Words, { max = 0 }: Param, text: string): string {
  const leads = text.length <= max ? unwelcome(text) : undefined;
  return leads ? words.t(`chat.problems.${leads}`) : words.t('chat.problems.long', { max, length: text.length });
}

function whatIsWrong(words: Words, path: Path, name: string, param: Param, value: unknown): string {
  if (isBlank(value)) return words.t('chat.problems.required');
  if (param.problem && String(value).length <= (param.max ?? 0)) return words.t(param.problem);
  switch (param.kind) {
    case 'int':
      return words.t('chat.problems.int', { min: param.min ?? 0, max: param.max ?? 0 });
    case 'text':
    case 'long':
      return whatIsWrongWritten(words, param, tidy(String(value)).trim());
    case 'zone': {
      const near = zonesLike(String(value)).slice(0, 3);
      return near.length > 0
        ? words.t('chat.problems.zoneNear', { near: near.map((zone) => zone.value).join(', ') })
        : words.t('chat.problems.zone');
    }
    case 'when':
      return words.t('chat.problems.when');
    case 'member':
    case 'members':
      return words.t('chat.problems.member');
    case 'roles':
      return words.t('chat.problems.roles');
    default:
      return words.t('chat.problems.choice', {
        choices: (paramChoices(words, path, name, param) ?? []).map((choice) => choice.value).join(', '),
      });
  }
}

/** What is wrong with the given values of these params, each as a sentence that says what to do. */
export function problemsWith(words: Words, command: AnyCommand, params: readonly [string, Param][], input: Input): Problem[] {
  return params
    .filter(([name, param]) => !param.schema.safeParse(input[name]).success)
    .map(([name, param]) => ({ field: name, message: whatIsWrong(words, command.path, name, param, input[name]) }));
}
