import {
  type AnyCommand,
  askedParams,
  commandIntro,
  commandTitle,
  openParams,
  type Param,
  paramChoices,
  paramHelp,
  paramLabel,
  pathName,
} from '../../chat/index.js';
import { languages, wordsFor } from '../../words/index.js';
import { byRoot, type CommandBody, toBodies } from './commands.js';
import { limits } from './limits.js';

const shown = (command: AnyCommand) => `/${command.path.filter(Boolean).join(' ')}`;
const tooLong = (what: string, text: string, most: number) =>
  text.length > most ? [`${what} has ${text.length} characters; Discord takes ${most}.`] : [];
const tooMany = (what: string, count: number, most: number) =>
  count > most ? [`${what}: ${count}; Discord takes ${most}.`] : [];

function badName(what: string, name: string): string[] {
  if (limits.command.name.test(name) && name === name.toLowerCase()) return [];
  return [`${what} cannot be called "${name}" on Discord: 1 to 32 lower-case letters, digits, "-" or "_".`];
}

function reviewChoices(command: AnyCommand, name: string, param: Param, language: string): string[] {
  const { choiceLabel, choiceValue } = limits.command;
  const words = wordsFor(language);
  return (paramChoices(words, command.path, name, param) ?? []).flatMap(({ value, label }) => [
    ...tooLong(`The label of ${shown(command)} ${name}:${value} (${language})`, label, choiceLabel),
    ...(label === '' ? [`The label of ${shown(command)} ${name}:${value} (${language}) is empty.`] : []),
    ...tooLong(`The value ${value} of ${shown(command)} ${name}`, value, choiceValue),
  ]);
}

function reviewParam(command: AnyCommand, name: string, param: Param): string[] {
  return languages.flatMap((language) => {
    const words = wordsFor(language);
    const help = paramHelp(words, command.path, name, param);
    return [
      ...tooLong(`The help of ${shown(command)} ${name} (${language})`, help, limits.command.description),
      ...(help === '' ? [`The help of ${shown(command)} ${name} (${language}) is empty.`] : []),
      ...tooLong(
        `The label of ${shown(command)} ${name} (${language})`,
        paramLabel(words, command.path, name, param),
        limits.modal.label,
      ),
      ...reviewChoices(command, name, param, language),
    ];
  });
}

function reviewForm(command: AnyCommand): string[] {
  const count = askedParams(command.params).length;
  return languages.flatMap((language) => {
    const words = wordsFor(language);
    const intro = commandIntro(words, command.path) ?? '';
    const crowded =
      count >= limits.modal.components
        ? tooLong(`The intro of ${shown(command)} (${language}), beside ${count} fields,`, intro, limits.modal.description)
        : [];
    return [
      ...tooLong(
        `The title of ${shown(command)} (${language})`,
        commandTitle(words, command.path, command.title),
        limits.modal.title,
      ),
      ...crowded,
    ];
  });
}

function reviewCommand(command: AnyCommand): string[] {
  const [root, sub] = command.path;
  const params = openParams(command.params);
  return [
    ...(command.hidden ? [] : badName('A command', root)),
    ...(command.hidden || sub === undefined ? [] : badName(`A sub-command of /${root}`, sub)),
    ...tooMany(`Options of ${shown(command)}`, params.length, limits.command.options),
    ...params.flatMap(([name, param]) => [
      ...(command.hidden ? [] : badName(`An option of ${shown(command)}`, name)),
      ...reviewParam(command, name, param),
    ]),
    ...reviewForm(command),
  ];
}

function reviewRoot(root: string, commands: readonly AnyCommand[]): string[] {
  const alone = commands.filter((command) => !command.path[1]).length;
  const mixed =
    alone > 0 && commands.length > alone ? [`/${root} cannot be said alone on Discord while it has sub-commands.`] : [];
  const names = commands.map((command) => pathName(command.path));
  const twice = names.filter((name, i) => names.indexOf(name) !== i).map((name) => `${name} is defined twice.`);
  return [...mixed, ...twice, ...tooMany(`Sub-commands of /${root}`, commands.length - alone, limits.command.options)];
}

interface Counted {
  readonly name: string;
  readonly description?: string;
  readonly value?: unknown;
  readonly name_localizations?: object | null;
  readonly description_localizations?: object | null;
  readonly options?: readonly Counted[];
  readonly choices?: readonly Counted[];
}

/** Discord counts, of each text, the longest of its translations. */
const longest = (text: string, translations: object | null | undefined) =>
  Math.max(text.length, ...Object.values(translations ?? {}).map((one) => String(one).length));

function characters(counted: Counted): number {
  const own =
    longest(counted.name, counted.name_localizations) + longest(counted.description ?? '', counted.description_localizations);
  const value = typeof counted.value === 'string' ? counted.value.length : 0;
  return [...(counted.options ?? []), ...(counted.choices ?? [])].reduce(
    (total, inner) => total + characters(inner),
    own + value,
  );
}

function reviewBody(body: CommandBody): string[] {
  const { description, characters: most } = limits.command;
  const options = (body.options ?? []) as readonly Counted[];
  const described = [body as Counted, ...options].flatMap((one) =>
    longest(one.description ?? '', one.description_localizations) > description
      ? [`The help of ${one.name} in /${body.name} is longer than ${description} characters in some language.`]
      : [],
  );
  return [...described, ...tooMany(`Characters of /${body.name} with everything in it`, characters(body as Counted), most)];
}

/** What Discord would refuse in these definitions, one sentence each. */
export function review(commands: readonly AnyCommand[]): readonly string[] {
  const roots = byRoot(commands);
  return [
    ...tooMany('Root commands', roots.size, limits.command.roots),
    ...[...roots].flatMap(([root, some]) => reviewRoot(root, some)),
    ...commands.flatMap(reviewCommand),
    ...toBodies(commands, 'global').flatMap(reviewBody),
  ];
}
