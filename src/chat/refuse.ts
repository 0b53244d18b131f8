import { closest } from 'fastest-levenshtein';
import type { Key, Values, Words } from '../words/index.js';
import { missing } from './ask.js';
import type { AnyCommand } from './command.js';
import type { UserError } from './errors.js';
import type { Problem } from './form.js';
import type { Block, Button, Input, Path, Reply, Span, Tap, Text } from './message.js';
import { askedParams, isBlank, openParams, type Param } from './param.js';
import { draftInput } from './seal.js';
import { commandHelp, paramChoices, paramLabel } from './wording.js';

/** Replies that say no, and what to do now. All are shown to the one who acted alone. */

function plain(words: Words, key: Key, values: Values = {}, more: readonly Block<Tap>[] = []): Reply {
  const text = words.t(key, values);
  return { summary: text, aside: true, blocks: [{ kind: 'text', text }, ...more] };
}

/** A sentence that names commands, which are typed with a prefix in some workspaces. */
function naming(words: Words, key: Key, commands: Readonly<Record<string, Path>>, more: readonly Block<Tap>[] = []): Reply {
  const names = Object.entries(commands);
  const spans = Object.fromEntries(names.map(([name, command]) => [name, { command }]));
  const typed = Object.fromEntries(names.map(([name, path]) => [name, `/${path.filter(Boolean).join(' ')}`]));
  return { summary: words.t(key, typed), aside: true, blocks: [{ kind: 'text', text: words.rich(key, spans) }, ...more] };
}

const primary = (button: Button<Tap>): Button<Tap> => ({ ...button, style: 'primary' });
const oneButton = (label: string, act: Tap): Block<Tap> => ({ kind: 'buttons', buttons: [primary({ label, act })] });

/** What somebody gave to a command that did not take it. */
export interface Given {
  readonly command: AnyCommand;
  readonly input: Input;
  /** Behind which it is remembered; without it, it is shown to be copied, and that is all. */
  readonly draft?: string | undefined;
}

/** A value as its form showed it: a person by name, a choice by its label. */
function asShown(words: Words, path: Path, name: string, param: Param, value: unknown): Text {
  const read = param.schema.safeParse(value);
  const several: readonly unknown[] = Array.isArray(read.data) ? read.data : [read.data];
  const between = (spans: Span[]): Span[] => spans.flatMap((span, i) => (i > 0 ? [', ', span] : [span]));
  if (read.success && (param.kind === 'member' || param.kind === 'members'))
    return between(several.map((id) => ({ mention: String(id) })));
  if (read.success && param.kind === 'roles') return between(several.map((id) => ({ group: String(id) })));
  const labels = new Map(paramChoices(words, path, name, param)?.map((choice) => [choice.value, choice.label]));
  return [value]
    .flat()
    .map((one) => labels.get(String(one)) ?? String(one))
    .join(', ');
}

/** What the person wrote, so that nothing is lost even if we are restarted before they try again. */
function echo(words: Words, { command: { path, params }, input }: Given): Block<Tap>[] {
  const facts = openParams(params)
    .filter(([name]) => !isBlank(input[name]))
    .map(([name, param]) => ({
      label: paramLabel(words, path, name, param),
      value: asShown(words, path, name, param, input[name]),
    }));
  return facts.length === 0
    ? []
    : [
        { kind: 'note', text: words.t('chat.wrote') },
        { kind: 'facts', facts },
      ];
}

/** What they wrote, and the same said again at a tap. */
const again = (words: Words, given: Given): Block<Tap>[] =>
  given.draft === undefined
    ? []
    : [...echo(words, given), oneButton(words.t('chat.tryAgain'), { path: given.command.path, input: draftInput(given.draft) })];

/** What they wrote in a form, and that form again with it. @param way what else the refusal offers */
function inForm(words: Words, given: Given | undefined, way: readonly Button<Tap>[] = []): Block<Tap>[] {
  const act = given?.draft !== undefined && { path: given.command.path, input: draftInput(given.draft), does: 'form' as const };
  const buttons = [...(act ? [{ label: words.t('chat.openAgain'), act }] : []), ...way];
  return [
    ...(given ? echo(words, given) : []),
    ...(buttons.length > 0
      ? [{ kind: 'buttons' as const, buttons: buttons.map((one, i) => (i === 0 ? primary(one) : one)) }]
      : []),
  ];
}

/** @param given what was sent in a form */
export function userError(words: Words, error: UserError, given?: Given): Reply {
  const way = error.next ? [{ label: words.t(error.next.label), act: error.next.tap }] : [];
  return plain(words, error.key, error.values, inForm(words, given, way));
}

/** @param given what was sent in a form */
export const unexpected = (words: Words, reference: string, given?: Given): Reply =>
  plain(words, 'chat.errors.unexpected', { reference }, inForm(words, given));

export const unavailable = (words: Words, given: Given): Reply =>
  naming(words, 'chat.errors.unavailable', { crisis: ['crisis'] }, again(words, given));

const MINUTE = 60_000;

/** Too often: until when, what they wrote, and what is there at any time. @param zone IANA */
export function later(words: Words, given: Given, at: Date, zone = 'UTC'): Reply {
  const always = { crisis: { command: ['crisis'] }, support: { command: ['support', 'now'] } } as const;
  // Shown to the minute: one that is cut off would say a time at which it does not work yet.
  const whole = new Date(Math.ceil(at.getTime() / MINUTE) * MINUTE);
  const when = { time: whole, style: 'datetime', zone } as const;
  return {
    summary: words.t('chat.errors.later'),
    aside: true,
    blocks: [
      { kind: 'text', text: words.t('chat.errors.later') },
      { kind: 'text', text: words.rich<Span & object>('chat.laterWhen', { when }) },
      ...again(words, given),
      { kind: 'note', text: words.rich('chat.laterAlways', always) },
    ],
  };
}

export function problems(
  words: Words,
  command: AnyCommand,
  found: readonly Problem[],
  input: Input,
  draft: string,
  step: number,
): Reply {
  const items = found.map(({ field, message }) => [
    { bold: paramLabel(words, command.path, field, command.params[field]) },
    `: ${message}`,
  ]);
  return {
    summary: words.t('chat.problems.summary'),
    aside: true,
    blocks: [
      { kind: 'text', text: words.t('chat.problems.summary') },
      { kind: 'list', items },
      ...echo(words, { command, input }),
      oneButton(words.t('chat.problems.fix'), { path: command.path, input: draftInput(draft), does: 'form', step }),
    ],
  };
}

/** A word that names nothing: what the person may have meant. */
export function lost(words: Words, commands: readonly AnyCommand[], root: string): Reply {
  const listed = commands.filter((command) => !command.hidden);
  const roots = [...new Set(listed.map((command) => command.path[0]))];
  const near = roots.includes(root) ? root : closest(root, roots);
  const subs = listed.filter((command) => command.path[0] === near);
  const items = subs.map((command) => [{ command: command.path }, ` ${commandHelp(words, command.path)}`]);
  const buttons = subs
    .filter((command) => command.role === 'anyone')
    .slice(0, 5)
    .map((command) => ({
      label: `/${command.path.filter(Boolean).join(' ')}`,
      act: { path: command.path, does: opensForm(command) ? ('form' as const) : ('reply' as const) },
    }));
  return {
    summary: words.t(root === near ? 'chat.lost.sub' : 'chat.lost.root', { root }),
    aside: true,
    blocks: [
      { kind: 'text', text: words.t(root === near ? 'chat.lost.sub' : 'chat.lost.root', { root }) },
      { kind: 'list', items },
      ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : []),
      {
        kind: 'note',
        text: words.rich('chat.lost.help', { help: { command: ['help'] as const }, crisis: { command: ['crisis'] as const } }),
      },
    ],
  };
}

/** Whether the command, said with nothing, asks first. */
export const opensForm = (command: AnyCommand): boolean =>
  command.form === 'always' ||
  (command.form === 'when-empty' && askedParams(command.params).length > 0) ||
  missing(command, {}).length > 0;

export const unknownTap = (words: Words): Reply => plain(words, 'chat.errors.unknownTap');
/** @param given what was sent in a form */
export const notAllowed = (words: Words, command: AnyCommand, given?: Given): Reply =>
  naming(
    words,
    `chat.roles.${command.role as Exclude<AnyCommand['role'], 'anyone'>}`,
    { command: command.path },
    inForm(words, given),
  );
