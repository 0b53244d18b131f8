import { LIMITS } from './limits.js';
import { invalidForm } from './refusal.js';

export interface CommandOption {
  type: number;
  name: string;
  description: string;
  description_localizations?: Record<string, string> | null;
  name_localizations?: Record<string, string> | null;
  required?: boolean;
  autocomplete?: boolean;
  choices?: { name: string; value: string | number; name_localizations?: Record<string, string> | null }[];
  options?: CommandOption[];
  min_value?: number;
  max_value?: number;
  max_length?: number;
}

export interface CommandDefinition {
  name: string;
  description?: string;
  description_localizations?: Record<string, string> | null;
  type?: number;
  options?: CommandOption[];
  contexts?: number[] | null;
  integration_types?: number[];
}

/** A definition as Discord keeps it. */
export interface Published extends CommandDefinition {
  id: string;
  application_id: string;
  guild_id?: string;
  version: string;
}

const SUB = 1;
const GROUP = 2;
const namePattern = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const badName = (name: string) =>
  namePattern.test(name) && name === name.toLowerCase() ? [] : [`name: "${name}" does not match.`];
const twice = (what: string, all: readonly string[]) =>
  all.filter((one, i) => all.indexOf(one) !== i).map((one) => `${what}: "${one}" is used twice.`);

function badText(what: string, text: string | undefined, translations?: Record<string, string> | null): string[] {
  return [text ?? '', ...Object.values(translations ?? {})].flatMap((one) =>
    one.length < 1 || one.length > LIMITS.description ? [`${what}: must be between 1 and 100 in length.`] : [],
  );
}

function choiceProblems({ choices = [], autocomplete }: CommandOption): string[] {
  return [
    ...(choices.length > LIMITS.commandChoices ? ['choices: must be 25 or fewer.'] : []),
    ...(choices.length > 0 && autocomplete ? ['autocomplete: cannot be used with choices.'] : []),
    ...choices.flatMap((choice) => [
      ...badText('choice', choice.name, choice.name_localizations),
      ...(String(choice.value).length > 100 ? ['choice value: must be 100 or fewer in length.'] : []),
    ]),
    ...twice(
      'choice',
      choices.map(({ name }) => name),
    ),
  ];
}

function optionsProblems(options: readonly CommandOption[], depth: number): string[] {
  const subs = options.filter(({ type }) => type === SUB || type === GROUP).length;
  const optional = options.findIndex(({ required }) => !required);
  const requiredLater = optional >= 0 && options.slice(optional).some(({ required }) => required);
  return [
    ...(options.length > LIMITS.commandOptions ? ['options: must be 25 or fewer.'] : []),
    ...(subs > 0 && subs < options.length ? ['options: sub-commands and others cannot be mixed.'] : []),
    ...(subs > 0 && depth > 1 ? ['options: nested too deeply.'] : []),
    ...(requiredLater ? ['options: required ones come first.'] : []),
    ...twice(
      'option',
      options.map(({ name }) => name),
    ),
    ...options.flatMap((option) => [
      ...badName(option.name),
      ...badText('description', option.description, option.description_localizations),
      ...choiceProblems(option),
      ...optionsProblems(option.options ?? [], depth + 1),
    ]),
  ];
}

const longest = (text: string, translations?: Record<string, string> | null) =>
  Math.max(text.length, ...Object.values(translations ?? {}).map(({ length }) => length));

function characters(option: CommandOption | CommandDefinition): number {
  const choices = 'choices' in option ? (option.choices ?? []) : [];
  const own = option.name.length + longest(option.description ?? '', option.description_localizations);
  const ofChoices = choices.map(
    ({ name, value, name_localizations }) => longest(name, name_localizations) + String(value).length,
  );
  return [...ofChoices, ...(option.options ?? []).map(characters)].reduce((a, b) => a + b, own);
}

/** @throws Refusal naming every problem of the list */
export function mustBeCommands(commands: readonly CommandDefinition[]): void {
  const problems = [
    ...(commands.length > LIMITS.commands ? ['commands: must be 100 or fewer.'] : []),
    ...twice(
      'command',
      commands.map(({ name }) => name),
    ),
    ...commands.flatMap((command) => [
      ...badName(command.name),
      ...badText('description', command.description, command.description_localizations),
      ...optionsProblems(command.options ?? [], 0),
      ...(characters(command) > LIMITS.commandCharacters ? [`${command.name}: must be 8000 or fewer characters.`] : []),
    ]),
  ];
  if (problems.length > 0) throw invalidForm(problems);
}
