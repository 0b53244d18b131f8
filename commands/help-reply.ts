import { distance } from 'fastest-levenshtein';
import {
  type AnyCommand,
  type Block,
  commandHelp,
  NOTHING_KNOWN,
  openParams,
  type Param,
  paramChoices,
  paramHelp,
  paramLabel,
  type Reply,
  rootHelp,
  type Span,
  type Tap,
  type Text,
} from '../src/chat/index.js';
import type { OfflineCtx } from './define.js';
import { byRoot, nameOf } from './sayable.js';

/** With more commands than this the overview names them only, so that it stays one screen. */
const DETAILED = 24;
/** The shortest select of all platforms takes 25 options. */
const OPTIONS = 25;
const SUGGESTED = 3;

/** Help is one tap away in every answer, whatever was asked. */
const crisisFirst = (ctx: OfflineCtx): Block<Tap> => ({
  kind: 'text',
  text: ctx.rich('help.crisis', { command: { command: ['crisis'] as const } }),
});
const software = (ctx: OfflineCtx): Block<Tap> => ({ kind: 'note', text: `${ctx.t('help.software')} ${ctx.t('help.onlyYou')}` });

const said = (command: AnyCommand): Span => ({ command: command.path });
const item = (command: AnyCommand, ctx: OfflineCtx): Text => [said(command), `: ${commandHelp(ctx, command.path)}`];
const isAlone = (commands: readonly AnyCommand[]) => commands.length === 1 && commands[0]?.path[1] === undefined;

function rootItem(root: string, commands: readonly AnyCommand[], ctx: OfflineCtx): Text {
  const subs = commands.map(({ path }) => path[1]).filter((sub) => sub !== undefined);
  const list = subs.length > 0 ? ` (${subs.join(', ')})` : '';
  return [{ command: [root] }, `: ${rootHelp(ctx, root)}${list}`];
}

function overviewItems(commands: readonly AnyCommand[], ctx: OfflineCtx): Block<Tap>[] {
  const roots = byRoot(commands);
  if (commands.length > DETAILED) return [{ kind: 'list', items: roots.map(([root, subs]) => rootItem(root, subs, ctx)) }];
  const alone = roots.filter(([, subs]) => isAlone(subs)).flatMap(([, subs]) => subs);
  const grouped = roots.filter(([, subs]) => !isAlone(subs));
  return [
    { kind: 'list', items: alone.map((command) => item(command, ctx)) },
    ...grouped.flatMap(([root, subs]): Block<Tap>[] => [
      { kind: 'text', text: [{ bold: rootHelp(ctx, root) }] },
      { kind: 'list', items: subs.map((command) => item(command, ctx)) },
    ]),
  ];
}

/** A tap without input, so that it works while the database is down. */
function topics(commands: readonly AnyCommand[], ctx: OfflineCtx): Block<Tap>[] {
  const names = commands.length > OPTIONS ? byRoot(commands).map(([root]) => root) : commands.map(nameOf);
  const options = names.slice(0, OPTIONS).map((value) => ({ value, label: `/${value}` }));
  return options.length === 0
    ? []
    : [{ kind: 'select', placeholder: ctx.t('help.more'), act: { path: ['help'] }, param: 'topic', options }];
}

/** Everything that this reader may say. */
export const overview = (commands: readonly AnyCommand[], ctx: OfflineCtx): Reply => ({
  summary: ctx.t('help.summary'),
  blocks: [
    crisisFirst(ctx),
    { kind: 'text', text: ctx.t('help.intro') },
    ...overviewItems(commands, ctx),
    ...topics(commands, ctx),
    software(ctx),
  ],
});

/** One root with several commands. */
export const aboutRoot = (root: string, commands: readonly AnyCommand[], ctx: OfflineCtx): Reply => ({
  summary: ctx.t('help.summary'),
  blocks: [
    crisisFirst(ctx),
    { kind: 'heading', text: `/${root}` },
    { kind: 'text', text: rootHelp(ctx, root) },
    { kind: 'list', items: commands.map((command) => item(command, ctx)) },
    ...topics(commands, ctx),
    software(ctx),
  ],
});

function paramItem(command: AnyCommand, name: string, param: Param, ctx: OfflineCtx): Text {
  const choices = paramChoices(ctx, command.path, name, param)?.map(({ label }) => label) ?? [];
  const offered =
    choices.length > 0
      ? ` ${ctx.t('help.choices', { choices: new Intl.ListFormat(ctx.language, { type: 'disjunction' }).format(choices) })}`
      : '';
  const range = param.kind === 'int' ? ` ${ctx.t('help.range', { min: param.min ?? 0, max: param.max ?? 0 })}` : '';
  const presence = ctx.t(param.required ? 'help.required' : 'help.optional');
  return [
    { bold: name },
    ` (${presence}): ${paramLabel(ctx, command.path, name, param)}. ${paramHelp(ctx, command.path, name, param)}${range}${offered}`,
  ];
}

const quoted = (value: string) => (/\s/u.test(value) ? `"${value}"` : value);

/** Something that could really be typed there; undefined where only the platform can say it, such as a person. */
async function exampleOf(param: Param, ctx: OfflineCtx): Promise<string | undefined> {
  const [suggested] = (await param.suggest?.('', ctx.language, NOTHING_KNOWN)) ?? [];
  if (suggested) return quoted(suggested.label.replace(/^\//u, ''));
  if (param.values) return param.values[0];
  if (param.kind === 'int') return String(Math.round(((param.min ?? 0) + (param.max ?? 0)) / 2));
  if (param.kind === 'bool') return ctx.t('chat.yes').toLowerCase();
  if (param.kind === 'text' || param.kind === 'long') return quoted(ctx.t('help.someWords'));
  return undefined;
}

/** The required params, or else the first that has an example. */
async function example(command: AnyCommand, ctx: OfflineCtx): Promise<Block<Tap>> {
  const asked = openParams(command.params).map(async ([name, param]) => ({
    name,
    required: param.required,
    value: await exampleOf(param, ctx),
  }));
  const usable = (await Promise.all(asked)).filter(({ value }) => value !== undefined);
  const needed = usable.some(({ required }) => required) ? usable.filter(({ required }) => required) : usable.slice(0, 1);
  const rest = needed.map(({ name, value }) => ` ${name}:${value}`).join('');
  return { kind: 'text', text: [`${ctx.t('help.example')} `, said(command), rest] };
}

/** One command: what it asks for, how it is said, and who sees the answer. */
export async function aboutCommand(command: AnyCommand, ctx: OfflineCtx): Promise<Reply> {
  const params = openParams(command.params);
  return {
    summary: ctx.t('help.summary'),
    blocks: [
      crisisFirst(ctx),
      { kind: 'heading', text: `/${nameOf(command)}` },
      { kind: 'text', text: commandHelp(ctx, command.path) },
      ...(params.length > 0
        ? [
            { kind: 'text' as const, text: ctx.t('help.params') },
            { kind: 'list' as const, items: params.map(([name, param]) => paramItem(command, name, param, ctx)) },
          ]
        : []),
      await example(command, ctx),
      { kind: 'text', text: ctx.t(command.reply === 'private' ? 'help.private' : 'help.public') },
      software(ctx),
    ],
  };
}

/** Commands whose root, sub-word or whole name is nearest to what was typed. */
function nearest(typed: string, commands: readonly AnyCommand[]): AnyCommand[] {
  const far = (command: AnyCommand) =>
    Math.min(...[nameOf(command), ...command.path.filter((word) => word !== undefined)].map((word) => distance(typed, word)));
  return [...commands].sort((a, b) => far(a) - far(b)).slice(0, SUGGESTED);
}

/** What was typed is not repeated: it may be anything. */
export const unknownTopic = (typed: string, commands: readonly AnyCommand[], ctx: OfflineCtx): Reply => ({
  summary: ctx.t('help.summary'),
  blocks: [
    crisisFirst(ctx),
    { kind: 'text', text: ctx.t('help.unknown') },
    { kind: 'list', items: nearest(typed, commands).map((command) => item(command, ctx)) },
    ...topics(commands, ctx),
    software(ctx),
  ],
});
