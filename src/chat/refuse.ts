import { closest } from 'fastest-levenshtein';
import type { Key, Values, Words } from '../words/index.js';
import { missing } from './ask.js';
import type { AnyCommand } from './command.js';
import type { UserError } from './errors.js';
import type { Problem } from './form.js';
import type { Block, Input, Path, Reply, Span, Tap } from './message.js';
import { askedParams, openParams } from './param.js';
import { draftInput } from './seal.js';
import { commandHelp, paramLabel } from './wording.js';

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

const oneButton = (label: string, act: Tap): Block<Tap> => ({ kind: 'buttons', buttons: [{ label, act, style: 'primary' }] });

export function userError(words: Words, error: UserError): Reply {
  return plain(words, error.key, error.values, error.next ? [oneButton(words.t(error.next.label), error.next.tap)] : []);
}

/** What the person wrote, so that nothing is lost even if we are restarted before they try again. */
function echo(words: Words, command: AnyCommand, input: Input): Block<Tap>[] {
  const facts = openParams(command.params)
    .map(([name]) => name)
    .filter((name) => input[name] !== undefined && input[name] !== '' && String(input[name]) !== '')
    .map((name) => ({
      label: paramLabel(words, command.path, name, command.params[name]),
      value: Array.isArray(input[name]) ? input[name].join(', ') : String(input[name]),
    }));
  return facts.length === 0
    ? []
    : [
        { kind: 'note', text: words.t('chat.wrote') },
        { kind: 'facts', facts },
      ];
}

export function unavailable(words: Words, command: AnyCommand | undefined, input: Input, draft: string | undefined): Reply {
  const again =
    command && draft
      ? [...echo(words, command, input), oneButton(words.t('chat.tryAgain'), { path: command.path, input: draftInput(draft) })]
      : [];
  return naming(words, 'chat.errors.unavailable', { crisis: ['crisis'] }, again);
}

const MINUTE = 60_000;

/** Too often: until when, what they wrote, and what is there at any time. @param zone IANA */
export function later(words: Words, command: AnyCommand, input: Input, draft: string | undefined, at: Date, zone = 'UTC'): Reply {
  const always = { crisis: { command: ['crisis'] }, support: { command: ['support', 'now'] } } as const;
  // Shown to the minute: one that is cut off would say a time at which it does not work yet.
  const whole = new Date(Math.ceil(at.getTime() / MINUTE) * MINUTE);
  const when = { time: whole, style: 'datetime', zone } as const;
  const again = draft
    ? [...echo(words, command, input), oneButton(words.t('chat.tryAgain'), { path: command.path, input: draftInput(draft) })]
    : [];
  return {
    summary: words.t('chat.errors.later'),
    aside: true,
    blocks: [
      { kind: 'text', text: words.t('chat.errors.later') },
      { kind: 'text', text: words.rich<Span & object>('chat.laterWhen', { when }) },
      ...again,
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
      ...echo(words, command, input),
      oneButton(words.t('chat.problems.fix'), { path: command.path, input: draftInput(draft), does: 'form', step }),
    ],
  };
}

export const unexpected = (words: Words, reference: string): Reply => plain(words, 'chat.errors.unexpected', { reference });

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
export const notAllowed = (words: Words, command: AnyCommand): Reply =>
  naming(words, `chat.roles.${command.role as Exclude<AnyCommand['role'], 'anyone'>}`, { command: command.path });
