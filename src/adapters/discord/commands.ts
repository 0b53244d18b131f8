import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOptionChoice,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Locale,
  type LocalizationMap,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import {
  type AnyCommand,
  commandHelp,
  openParams,
  type Param,
  type Path,
  paramChoices,
  paramHelp,
  rootHelp,
} from '../../chat/index.js';
import { languages, type Words, wordsFor } from '../../words/index.js';
import { limits } from './limits.js';

export type CommandBody = RESTPostAPIChatInputApplicationCommandsJSONBody;

/** The variants of a language that Discord's clients know by a name of their own. */
const variants: Readonly<Record<string, readonly Locale[]>> = {
  en: [Locale.EnglishUS, Locale.EnglishGB],
  es: [Locale.SpanishES, Locale.SpanishLATAM],
  pt: [Locale.PortugueseBR],
  sv: [Locale.Swedish],
  zh: [Locale.ChineseCN, Locale.ChineseTW],
};

const known: readonly string[] = Object.values(Locale);
const isLocale = (tag: string): tag is Locale => known.includes(tag);

/** Discord's names for the readers whom a catalogue serves. */
export const localesOf = (language: string): readonly Locale[] => variants[language] ?? (isLocale(language) ? [language] : []);

function localized(say: (words: Words) => string): LocalizationMap {
  return Object.fromEntries(
    languages.flatMap((language) => localesOf(language).map((locale) => [locale, say(wordsFor(language))])),
  );
}

function describeAs(say: (words: Words) => string) {
  return { description: say(wordsFor('en')), description_localizations: localized(say) };
}

/** A choice is called what the reader's catalogue calls it, and stands for the same value in every language. */
function choicesOf(path: Path, name: string, param: Param): APIApplicationCommandOptionChoice<string>[] | undefined {
  const choices = paramChoices(wordsFor('en'), path, name, param);
  if (!choices || choices.length > limits.command.choices) return undefined;
  return choices.map(({ value, label }) => {
    const say = (words: Words) =>
      paramChoices(words, path, name, param)?.find((choice) => choice.value === value)?.label ?? label;
    return { name: label, value, name_localizations: localized(say) };
  });
}

type TextOption = Extract<APIApplicationCommandBasicOption, { type: ApplicationCommandOptionType.String }>;

function textOption(path: Path, name: string, param: Param, common: { name: string; description: string }): TextOption {
  const choices = param.kind === 'choice' && !param.suggest ? choicesOf(path, name, param) : undefined;
  if (choices) return { ...common, type: ApplicationCommandOptionType.String, choices };
  const max_length = Math.min(param.max ?? limits.command.textLength, limits.command.textLength);
  const autocomplete = param.suggest !== undefined || param.values !== undefined;
  return {
    ...common,
    type: ApplicationCommandOptionType.String,
    max_length,
    ...(autocomplete && { autocomplete: true as const }),
  };
}

/** Options are never required: what is missing is asked for in a form, which explains it better than Discord's red line. */
function toOption(path: Path, name: string, param: Param): APIApplicationCommandBasicOption {
  const common = { name, ...describeAs((words) => paramHelp(words, path, name, param)), required: false };
  switch (param.kind) {
    case 'int':
      return {
        ...common,
        type: ApplicationCommandOptionType.Integer,
        ...(param.min !== undefined && { min_value: param.min }),
        ...(param.max !== undefined && { max_value: param.max }),
      };
    case 'bool':
      return { ...common, type: ApplicationCommandOptionType.Boolean };
    case 'member':
    case 'members':
      return { ...common, type: ApplicationCommandOptionType.User };
    case 'roles':
      return { ...common, type: ApplicationCommandOptionType.Role };
    default:
      return textOption(path, name, param, common);
  }
}

const toOptions = (command: AnyCommand): APIApplicationCommandBasicOption[] =>
  openParams(command.params).map(([name, param]) => toOption(command.path, name, param));

const toSub = (command: AnyCommand, sub: string): APIApplicationCommandSubcommandOption => ({
  type: ApplicationCommandOptionType.Subcommand,
  name: sub,
  ...describeAs((words) => commandHelp(words, command.path)),
  options: toOptions(command),
});

/** Commands that are typed, by their first word. */
export function byRoot(commands: readonly AnyCommand[]): ReadonlyMap<string, readonly AnyCommand[]> {
  const roots = new Map<string, AnyCommand[]>();
  for (const command of commands) {
    if (command.hidden) continue;
    roots.set(command.path[0], [...(roots.get(command.path[0]) ?? []), command]);
  }
  return roots;
}

function toBody(root: string, commands: readonly AnyCommand[]): CommandBody {
  const alone = commands.find((command) => !command.path[1]);
  const subs = commands.flatMap((command) => (command.path[1] ? [toSub(command, command.path[1])] : []));
  return {
    type: ApplicationCommandType.ChatInput,
    name: root,
    ...(alone ? describeAs((words) => commandHelp(words, alone.path)) : describeAs((words) => rootHelp(words, root))),
    options: alone ? toOptions(alone) : subs,
  };
}

/** Where commands can be used. Only commands for every server may say it; one server's own are always for that server. */
const everywhere = {
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  integration_types: [ApplicationIntegrationType.GuildInstall],
};

/**
 * The definitions as Discord takes them.
 * @param scope `guild`: for one server, visible at once and not in direct messages.
 */
export function toBodies(commands: readonly AnyCommand[], scope: 'global' | 'guild'): CommandBody[] {
  const bodies = [...byRoot(commands)].map(([root, some]) => toBody(root, some));
  return scope === 'guild' ? bodies : bodies.map((body) => ({ ...body, ...everywhere }));
}
