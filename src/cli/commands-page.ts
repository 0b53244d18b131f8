import {
  type AnyCommand,
  commandHelp,
  openParams,
  type Param,
  paramChoices,
  paramHelp,
  paramLabel,
  rootHelp,
} from '../chat/index.js';
import { wordsFor } from '../words/index.js';

const WHO: Readonly<Record<AnyCommand['role'], string>> = {
  anyone: 'everyone',
  mentor: 'mentors',
  facilitator: 'facilitators and coordinators',
  coordinator: 'coordinators',
  admin: 'coordinators, and whoever administers the server or workspace',
};

const KINDS: Readonly<Record<Exclude<Param['kind'], 'ref'>, string>> = {
  text: 'text',
  long: 'text',
  int: 'number',
  bool: 'yes or no',
  choice: 'one of',
  choices: 'any of',
  member: 'a person',
  members: 'people',
  roles: 'roles or user groups',
  when: 'a day or time',
  zone: 'a time zone',
};

/** Nothing in a table may end its cell. */
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function kindOf(param: Param, choices: readonly { readonly value: string; readonly label: string }[] | undefined): string {
  const kind = KINDS[param.kind as keyof typeof KINDS];
  if (param.kind === 'int') return `${param.min ?? 0} to ${param.max ?? 0}`;
  if (!param.values || !choices) return kind;
  return `${kind} ${choices.map(({ value, label }) => `\`${value}\` (${label})`).join(', ')}`;
}

function commandText(command: AnyCommand): string[] {
  const words = wordsFor('en');
  const { path } = command;
  const rows = openParams(command.params).map(([name, param]) => {
    const label = paramLabel(words, path, name, param);
    const help = paramHelp(words, path, name, param);
    const kind = kindOf(param, paramChoices(words, path, name, param));
    return `| \`${name}\`${param.required ? ' (needed)' : ''} | ${cell(kind)} | ${cell(`${label}. ${help}`)} |`;
  });
  const seen = command.reply === 'private' ? 'Only whoever asks sees the answer.' : 'Everyone in the channel sees the answer.';
  const heading = path[1] === undefined ? [] : [`### /${path.join(' ')}`, ''];
  return [
    ...heading,
    commandHelp(words, path),
    '',
    `For ${WHO[command.role]}. ${seen}`,
    '',
    ...(rows.length > 0 ? ['| option | what it takes | what it is |', '| --- | --- | --- |', ...rows, ''] : []),
  ];
}

/** Everything that can be typed, as the page `docs/commands.md`. */
export function commandsPage(commands: readonly AnyCommand[]): string {
  const words = wordsFor('en');
  const listed = commands.filter(({ hidden }) => !hidden);
  const roots = [...new Set(listed.map(({ path }) => path[0]))];
  const lines = [
    '# Commands',
    '',
    'The same on Discord, in Slack and in the playground. Made by `homegroup commands > docs/commands.md` from the definitions',
    'in `commands/` and the English catalogue: change those, not this page.',
    '',
    'Options can be typed (`/checkin now mood:7`) or left out: what is needed is asked for in a form.',
    '',
    ...roots.flatMap((root) => {
      const inside = listed.filter(({ path }) => path[0] === root);
      const isAlone = inside.every(({ path }) => path[1] === undefined);
      return [`## /${root}`, '', ...(isAlone ? [] : [rootHelp(words, root), '']), ...inside.flatMap(commandText)];
    }),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}
