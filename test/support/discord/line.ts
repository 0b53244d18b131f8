import type { CommandOption, Published } from './command-rules.js';
import type { World } from './world.js';

/** An option as an interaction carries it. */
export interface Given {
  readonly type: number;
  readonly name: string;
  readonly value?: string | number | boolean;
  readonly focused?: boolean;
  readonly options?: readonly Given[];
}

export interface Typed {
  readonly command: Published;
  readonly sub: CommandOption | undefined;
  readonly given: readonly Given[];
  /** What Discord tells about the people and roles that were picked. */
  readonly picked: { readonly users: readonly string[]; readonly roles: readonly string[] };
}

const SUB = 1;
const TYPE = { string: 3, integer: 4, boolean: 5, user: 6, role: 8, number: 10 } as const;

interface Word {
  readonly name?: string;
  readonly text: string;
}

/** `mood:7 note:"slept well" US` as words with and without a name. */
function wordsOf(line: string): Word[] {
  const pattern = /(?:(\p{L}[\p{L}\p{N}_-]*):(?!\/\/))?(?:"((?:[^"\\]|\\.)*)"|(\S+))/gu;
  return [...line.matchAll(pattern)].map(([, name, quoted, bare]) => ({
    ...(name !== undefined && { name }),
    text: quoted?.replace(/\\(.)/gu, '$1') ?? bare ?? '',
  }));
}

class Client {
  readonly users: string[] = [];
  readonly roles: string[] = [];

  constructor(
    private readonly world: World,
    private readonly locale: string,
  ) {}

  value(option: CommandOption, text: string): string | number | boolean {
    switch (option.type) {
      case TYPE.string:
        return this.#text(option, text);
      case TYPE.integer:
      case TYPE.number:
        return this.#number(option, text);
      case TYPE.boolean:
        if (/^(true|false)$/iu.test(text)) return text.toLowerCase() === 'true';
        throw new Error(`Discord offers only True and False for "${option.name}", not "${text}".`);
      case TYPE.user:
        return this.#person(option, text);
      case TYPE.role:
        return this.#role(text);
      default:
        throw new Error(`No client can fill an option of type ${option.type}.`);
    }
  }

  #text({ name, choices, max_length }: CommandOption, text: string): string {
    if (max_length !== undefined && text.length > max_length)
      throw new Error(`Discord takes at most ${max_length} characters for "${name}".`);
    if (!choices || choices.length === 0) return text;
    const wanted = text.toLowerCase();
    const choice = choices.find((one) =>
      [String(one.value), one.name, one.name_localizations?.[this.locale] ?? one.name].some(
        (label) => label.toLowerCase() === wanted,
      ),
    );
    if (!choice) throw new Error(`Discord offers no "${text}" for "${name}".`);
    return String(choice.value);
  }

  #number({ name, min_value, max_value }: CommandOption, text: string): number {
    const number = Number(text);
    const inRange = number >= (min_value ?? Number.NEGATIVE_INFINITY) && number <= (max_value ?? Number.POSITIVE_INFINITY);
    if (!/^-?\d+$/u.test(text) || !inRange) throw new Error(`Discord does not take "${text}" for "${name}".`);
    return number;
  }

  #person({ name }: CommandOption, text: string): string {
    const wanted = text.replace(/^<@!?(\d+)>$/u, '$1').replace(/^@/u, '');
    const account = [...this.world.accounts.values()].find(
      (one) => one.id === wanted || one.name.toLowerCase() === wanted.toLowerCase(),
    );
    if (!account) throw new Error(`Discord offers nobody called "${text}" for "${name}".`);
    this.users.push(account.id);
    return account.id;
  }

  #role(text: string): string {
    const id = text.replace(/^<@&(\w+)>$/u, '$1').replace(/^@/u, '');
    this.roles.push(id);
    return id;
  }
}

/** Words without a name belong together, and to the first option that was not named. */
function gather(options: readonly CommandOption[], words: readonly Word[]): ReadonlyMap<string, string> {
  const named = new Map(words.flatMap(({ name, text }) => (name === undefined ? [] : [[name, text] as const])));
  const loose = words.flatMap(({ name, text }) => (name === undefined ? [text] : []));
  if (loose.length === 0) return named;
  const first = options.find(({ name }) => !named.has(name));
  if (!first) throw new Error(`Discord knows no option for "${loose.join(' ')}" here.`);
  return named.set(first.name, loose.join(' '));
}

function fill(client: Client, options: readonly CommandOption[], words: readonly Word[]): Given[] {
  return [...gather(options, words)].map(([name, text]) => {
    const option = options.find((one) => one.name === name);
    if (!option) throw new Error(`Discord knows no option called "${name}" here.`);
    return { type: option.type, name, value: client.value(option, text) };
  });
}

/**
 * A typed line as Discord's client would send it: only published commands, only options that they have.
 * @throws Error where the client would not let one send it
 */
export function readLine(world: World, line: string, locale: string): Typed {
  const [, root = '', rest = ''] = /^\/(\S+)\s*([\s\S]*)$/u.exec(line.trim()) ?? [];
  const command = world.published().find(({ name }) => name === root);
  if (!command) throw new Error(`Discord offers no command called "/${root}".`);
  const subs = (command.options ?? []).filter(({ type }) => type === SUB);
  const [first = ''] = rest.split(/\s+/u, 1);
  const sub = subs.find(({ name }) => name === first);
  if (subs.length > 0 && !sub) throw new Error(`Discord offers no "/${root} ${first}".`);
  const client = new Client(world, locale);
  const given = fill(client, (sub ? sub.options : command.options) ?? [], wordsOf(sub ? rest.slice(first.length) : rest));
  return { command, sub, given, picked: { users: client.users, roles: client.roles } };
}

export const wrapped = ({ sub, given }: Pick<Typed, 'sub' | 'given'>): readonly Given[] =>
  sub ? [{ type: SUB, name: sub.name, options: given }] : given;
