import { setTimeout as wait } from 'node:timers/promises';
import { ApplicationCommandOptionType } from 'discord.js';
import { type Choice, type Invocation, type Param, type Path, paramChoices, pathName, type Router } from '../../chat/index.js';
import { type Words, wordsFor } from '../../words/index.js';
import { limits } from './limits.js';
import { type Asking, readOptions } from './receive.js';

/** Leaves Discord a second of its three to hear the answer. */
const DEADLINE = limits.time.firstResponse - 1000;

const has = (text: string, part: string) => text.toLowerCase().includes(part.trim().toLowerCase());

/** Of values that can be listed, such as `tired, hun`, the last one is being typed. */
function completeList(choices: readonly Choice[], typed: string): Choice[] {
  const parts = typed.split(/[\s,;]+/u);
  const last = parts.pop() ?? '';
  const before = parts.filter((part) => choices.some(({ value }) => value === part));
  const labels = before.map((part) => choices.find(({ value }) => value === part)?.label ?? part);
  return choices
    .filter(({ value, label }) => !before.includes(value) && (has(label, last) || has(value, last)))
    .map(({ value, label }) => ({ value: [...before, value].join(', '), label: [...labels, label].join(', ') }));
}

/** Completion that needs nobody but the catalogue; undefined where the command completes by itself. */
function fromCatalogue(words: Words, path: Path, name: string, param: Param, typed: string): readonly Choice[] | undefined {
  if (param.suggest) return undefined;
  const choices = paramChoices(words, path, name, param);
  if (!choices) return undefined;
  if (param.kind === 'choices') return completeList(choices, typed);
  return choices.filter(({ value, label }) => has(label, typed) || has(value, typed));
}

/**
 * What could be typed into the option that has the focus.
 * @returns nothing when it takes longer than Discord waits
 */
export async function suggestFor(router: Router, call: Invocation, raw: Asking): Promise<readonly Choice[]> {
  const { path, given } = readOptions(raw.data.name, raw.data.options);
  const asked = given.find((option) => 'focused' in option && option.focused);
  if (!asked || asked.type === ApplicationCommandOptionType.Boolean) return [];
  const typed = String(asked.value);
  const command = router.commands.find((one) => pathName(one.path) === pathName(path));
  const param: Param | undefined = command?.params[asked.name];
  const local = param && fromCatalogue(wordsFor(call.user.locale), path, asked.name, param, typed);
  if (local) return local;
  const stop = new AbortController();
  const late = wait(DEADLINE, [] as readonly Choice[], { signal: stop.signal }).catch(() => []);
  return Promise.race([router.suggest(call, path, asked.name, typed), late]).finally(() => stop.abort());
}
