import type { Said } from './adapter.js';
import type { AnyCommand } from './command.js';
import { openParams, type Param, type ParamKind } from './param.js';

/** Opening quotes with what closes them; phones type the curled ones. */
const QUOTES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['“', '”"'],
  ['”', '”"'],
  ['„', '“”"'],
  ['‘', "’'"],
  ['’', "’'"],
  ['«', '»'],
  ['`', '`'],
]);

interface Token {
  readonly text: string;
  /** What stood before the colon, lower case, when it names a param. */
  readonly name?: string;
  readonly quoted: boolean;
}

/** Kinds whose value may be several words without quotes. */
const WORDY: ReadonlySet<ParamKind> = new Set<ParamKind>(['text', 'long', 'when', 'choices', 'members', 'roles']);

class Reader {
  #at = 0;
  constructor(
    private readonly line: string,
    private readonly names: ReadonlySet<string>,
  ) {}

  next(): Token | undefined {
    this.#skipBlank();
    if (this.#at >= this.line.length) return undefined;
    const quoted = this.#quoted();
    if (quoted !== undefined) return { text: quoted, quoted: true };
    const named = /^([\p{L}][\p{L}\p{N}_-]*):/u.exec(this.line.slice(this.#at));
    const name = named?.[1]?.toLowerCase();
    if (!named || !name || !this.names.has(name)) return { text: this.#word(), quoted: false };
    this.#at += named[0].length;
    this.#skipBlank();
    const value = this.#quoted();
    if (value !== undefined) return { name, text: value, quoted: true };
    return { name, text: this.#startsName() ? '' : this.#word(), quoted: false };
  }

  #skipBlank(): void {
    while (/\s/u.test(this.line[this.#at] ?? '')) this.#at++;
  }

  /** `mood: craving:3` leaves mood empty instead of swallowing the next name. */
  #startsName(): boolean {
    const named = /^([\p{L}][\p{L}\p{N}_-]*):/u.exec(this.line.slice(this.#at));
    return named?.[1] !== undefined && this.names.has(named[1].toLowerCase());
  }

  /**
   * A quotation that is closed before a blank or the end; a lone apostrophe is only a letter. Quotation marks inside come in
   * pairs, so `"she said "hi" to me"` is one.
   */
  #quoted(): string | undefined {
    const closers = QUOTES.get(this.line[this.#at] ?? '');
    if (!closers) return undefined;
    const from = this.#at + 1;
    const ends: number[] = [];
    let inner = 0;
    let balanced: number | undefined;
    for (let i = from; i < this.line.length && balanced === undefined; i++) {
      const letter = this.line[i] as string;
      if (closers.includes(letter) && /^(\s|$)/u.test(this.line.slice(i + 1, i + 2))) {
        ends.push(i);
        if (inner % 2 === 0) balanced = i;
      }
      if (QUOTES.has(letter) || closers.includes(letter)) inner++;
    }
    const end = balanced ?? ends[0];
    if (end === undefined) return undefined;
    this.#at = end + 1;
    return this.line.slice(from, end);
  }

  /** Up to the next blank; a platform's `<@U1|Ana Maria>` is one word. */
  #word(): string {
    const rest = this.line.slice(this.#at);
    const word = /^<[@#!][^>\n]*>/u.exec(rest)?.[0] ?? /^\S+/u.exec(rest)?.[0] ?? '';
    this.#at += word.length;
    return word;
  }
}

function gather(line: string, params: Readonly<Record<string, Param>>): Record<string, string> {
  const byName = new Map(openParams(params).map(([name]) => [name.toLowerCase(), name]));
  const reader = new Reader(line, new Set(byName.keys()));
  const named = new Map<string, string>();
  const loose: string[] = [];
  let open: string | undefined;
  const add = (name: string, text: string) => named.set(name, named.get(name) ? `${named.get(name)} ${text}` : text);
  for (let token = reader.next(); token; token = reader.next()) {
    const name = token.name === undefined ? undefined : byName.get(token.name);
    if (name !== undefined) {
      add(name, token.text);
      open = !token.quoted && WORDY.has((params[name] as Param).kind) ? name : undefined;
    } else if (open !== undefined) add(open, token.text);
    else loose.push(token.text);
  }
  return { ...place(loose, params, new Set(named.keys())), ...Object.fromEntries(named) };
}

const isFree = ([, { kind }]: [string, Param]) => kind === 'text' || kind === 'long';
/** A number that is too large is a mistake to be told, not words for another param. */
const fits = ({ kind, schema }: Param, text: string) =>
  schema.safeParse(text).success || (kind === 'int' && /^[+-]?\d+$/u.test(text));

/**
 * Words without a name fill the params in their order: one word each, and the first wordy one takes what is left. What cannot
 * be meant for an optional param is left for the free text, so that `checkin now I feel awful` is a note and no mistake.
 */
function place(loose: string[], params: Readonly<Record<string, Param>>, taken: ReadonlySet<string>): Record<string, string> {
  const placed: Record<string, string> = {};
  const open = openParams(params).filter(([name]) => !taken.has(name));
  for (const [i, [name, param]] of open.entries()) {
    const [next] = loose;
    if (next === undefined) break;
    const said = WORDY.has(param.kind) ? loose.join(' ') : next;
    if (!param.required && !fits(param, said) && open.slice(i + 1).some(isFree)) continue;
    placed[name] = WORDY.has(param.kind) ? loose.splice(0).join(' ') : (loose.shift() as string);
  }
  return placed;
}

/**
 * Reads a line without its slash, such as `checkin now mood:7 note:"slept well"`. Values stay as typed; the params'
 * schemas read them. What stands without a name goes to the command's params in their order.
 */
export function parseLine(line: string, commands: readonly AnyCommand[]): Said {
  const [, first = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/u.exec(line) ?? [];
  const root = first.toLowerCase();
  const [, second = '', after = ''] = /^(\S*)\s*([\s\S]*)$/u.exec(rest) ?? [];
  const known = commands.filter((command) => command.path[0] === root && !command.hidden);
  const sub = known.find((command) => command.path[1] === second.toLowerCase() && second !== '');
  if (sub) return { kind: 'call', path: sub.path, input: gather(after, sub.params) };
  const alone = known.find((command) => command.path[1] === undefined);
  if (alone) return { kind: 'call', path: alone.path, input: gather(rest, alone.params) };
  return { kind: 'lost', root, words: rest };
}
