import { z } from 'zod';
import type { Key } from '../words/index.js';
import { unwelcome } from '../writing/links.js';
import { tidy, tidyLine } from '../writing/tidy.js';
import type { Choice } from './message.js';
import { readWhen, type When } from './when.js';

export type ParamKind =
  | 'text'
  | 'long'
  | 'int'
  | 'bool'
  | 'choice'
  | 'choices'
  | 'member'
  | 'members'
  | 'roles'
  | 'when'
  | 'zone'
  | 'ref';

/**
 * Who reads free text, besides whoever wrote it. `asked`: nobody, it is looked up or understood and forgotten; `own`: nobody, unless
 * its writer shows it to their mentor; `others`: members, so it must not lead them elsewhere ({@link unwelcome}); `team`: facilitators or
 * coordinators, who have to read it as it is; `led`: members, from somebody who leads here and may give them a link.
 */
export type Shown = 'asked' | 'own' | 'others' | 'team' | 'led';

/** Texts of a param that is not named in the catalogue by its command's path, such as a question that several forms ask. */
export interface ParamWords {
  /** At most 45 characters. */
  readonly label: Key;
  /** At most 100 characters. */
  readonly help?: Key;
  /** By value, at most 75 characters each. */
  readonly choices?: Readonly<Record<string, Key>>;
}

/** What completion may ask of the community in which somebody types. Answers in milliseconds, and writes nothing. */
export interface Known {
  /** Towns and states of its services that begin so. */
  placesLike(typed: string): Promise<readonly string[]>;
}
export const NOTHING_KNOWN: Known = { placesLike: async () => [] };

/** One thing that a command can be told. `T` is what `run` receives; texts and labels come from the catalogue by convention. */
export interface Param<T = unknown> {
  readonly kind: ParamKind;
  readonly required: boolean;
  /** Reads what a person typed, picked or mentioned: text, a number, a boolean or a list, as the platform gives it. */
  readonly schema: z.ZodType<T>;
  /** Characters (`text`, `long`) or the largest number (`int`). */
  readonly max?: number;
  /** `text` and `long`. */
  readonly shown?: Shown;
  /** Smallest number (`int`). */
  readonly min?: number;
  /** `choice` and `choices`: the values, whose labels are in the catalogue. */
  readonly values?: readonly string[];
  /** Can be typed with the command, but no form asks for it. */
  readonly typedOnly?: true;
  readonly words?: ParamWords;
  /** `text`: the sentence for what is short enough, and yet not understood. */
  readonly problem?: Key;
  /** Completion while typing. Must not do I/O that can take long: platforms wait three seconds. */
  readonly suggest?: (typed: string, language: string, known: Known) => readonly Choice[] | Promise<readonly Choice[]>;
}

export type Params = Readonly<Record<string, Param>>;
export type Args<P extends Params> = { readonly [K in keyof P]: P[K] extends Param<infer T> ? T : never };

type Presence = { readonly required?: boolean };
type Maybe<T, O> = O extends { readonly required: true } ? T : T | undefined;

/** What was left out or left empty, also by what nobody sees. */
export const isBlank = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && tidy(value).trim() === '') ||
  (Array.isArray(value) && value.length === 0);

/** What is left out, and what is left empty, are the same thing to a person. */
function make<T, O extends Presence>(
  kind: ParamKind,
  inner: z.ZodType<T>,
  options: O,
  rest: Omit<Param, 'kind' | 'required' | 'schema'> = {},
): Param<Maybe<T, O>> {
  const schema = z.preprocess((value) => (isBlank(value) ? undefined : value), options.required ? inner : inner.optional());
  return { kind, required: options.required ?? false, schema: schema as z.ZodType<Maybe<T, O>>, ...rest };
}

const split = (value: unknown) => (typeof value === 'string' ? value.split(/[\s,;]+/u).filter(Boolean) : value);
/** One of these values, whatever its case. */
const oneOf = (values: readonly string[]) => (value: unknown) =>
  typeof value === 'string' ? (values.find((one) => one.toLowerCase() === value.trim().toLowerCase()) ?? value) : value;
const someOf = (values: readonly string[]) => (value: unknown) => {
  const parts = split(value);
  return Array.isArray(parts) ? parts.map(oneOf(values)) : parts;
};
const yes = /^(yes|y|true|on|1|sí|si)$/iu;
const no = /^(no|n|false|off|0)$/iu;

/** `<@U123|name>`, `<@!123>` and `<@&123>` and `<!subteam^S1>` are how platforms write a mention in text; the id is what we keep. */
export const mentionedId = (value: unknown): unknown =>
  typeof value === 'string'
    ? (/^<(?:@[!&]?|!subteam\^)([A-Za-z0-9_-]+)(?:\|[^>]*)?>$/u.exec(value.trim())?.[1] ?? value.trim().replace(/^@/u, ''))
    : value;

interface Writing extends Presence {
  readonly max?: number;
  readonly shown: Shown;
}

/** Free text, {@link tidy}. Counted as it is kept. */
const written = (clean: (text: string) => string, max: number, shown: Shown) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? clean(value) : value),
    z
      .string()
      .trim()
      .max(max)
      .refine((text) => shown !== 'others' || unwelcome(text) === undefined),
  );

const id = z.preprocess(mentionedId, z.string().regex(/^[A-Za-z0-9_-]{1,64}$/u));
const ids = z.preprocess(split, z.array(id).max(25));

const zones = Intl.supportedValuesOf('timeZone');
const zoneByName = new Map([...zones, 'UTC'].map((name) => [name.toLowerCase(), name]));
const folded = (text: string) => text.toLowerCase().replace(/[\s_]+/gu, '_');

/** IANA zones whose name or city holds what was typed, those that begin with it first. */
export function zonesLike(typed: string): readonly Choice[] {
  const wanted = folded(typed.trim());
  const rank = (name: string) => {
    const city = folded(name.slice(name.lastIndexOf('/') + 1));
    return city.startsWith(wanted) ? 0 : folded(name).includes(wanted) ? 1 : 2;
  };
  return ['UTC', ...zones]
    .map((name) => ({ name, at: rank(name) }))
    .filter(({ at }) => at < 2)
    .sort((a, b) => a.at - b.at)
    .slice(0, 25)
    .map(({ name }) => ({ value: name, label: name.replaceAll('_', ' ') }));
}

/** A zone as people write it: the IANA name in any case, with spaces, or the one city that matches. */
function readZone(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const wanted = folded(value.trim());
  const exact = zoneByName.get(wanted);
  if (exact) return exact;
  const cities = zones.filter((name) => folded(name.slice(name.lastIndexOf('/') + 1)) === wanted);
  return cities.length === 1 ? cities[0] : undefined;
}

export const param = {
  /** One line. `max` in characters, 200 unless told. */
  text: <const O extends Writing & { suggest?: Param['suggest'] }>({ max = 200, shown, suggest, ...o }: O) =>
    make('text', written(tidyLine, max, shown), o as O, { max, shown, ...(suggest && { suggest }) }),
  /** Several lines. `max` in characters, at most 4,000 because a form takes no more. */
  long: <const O extends Writing>({ max = 4000, shown, ...o }: O) =>
    make('long', written(tidy, max, shown), o as unknown as O, { max, shown }),
  int: <const O extends Presence & { min: number; max: number }>(o: O) =>
    make(
      'int',
      z.preprocess((v) => (typeof v === 'string' && /^\s*[+-]?\d+\s*$/u.test(v) ? Number(v) : v), z.int().min(o.min).max(o.max)),
      o,
      { min: o.min, max: o.max },
    ),
  bool: <const O extends Presence>(o: O) =>
    make(
      'bool',
      z.preprocess((v) => (typeof v === 'string' ? (yes.test(v.trim()) ? true : no.test(v.trim()) ? false : v) : v), z.boolean()),
      o,
    ),
  choice: <const V extends readonly [string, ...string[]], const O extends Presence>(values: V, o: O) =>
    make('choice', z.preprocess(oneOf(values), z.enum(values)) as z.ZodType<V[number]>, o, { values }),
  choices: <const V extends readonly [string, ...string[]], const O extends Presence>(values: V, o: O) =>
    make('choices', z.preprocess(someOf(values), z.array(z.enum(values))) as unknown as z.ZodType<V[number][]>, o, { values }),
  /** The platform's id of one person. */
  member: <const O extends Presence>(o: O) => make('member', id as z.ZodType<string>, o),
  /** The platform's ids of several people. */
  members: <const O extends Presence>(o: O) => make('members', ids as z.ZodType<string[]>, o),
  /** The platform's ids of roles (Discord) or user groups (Slack). */
  roles: <const O extends Presence>(o: O) => make('roles', ids as z.ZodType<string[]>, o),
  /** A moment in words; resolved later, in the member's zone. */
  when: <const O extends Presence>(o: O) =>
    make(
      'when',
      z.preprocess(
        (v) => (typeof v === 'string' ? readWhen(v.trim()) : v),
        z.custom<When>((v) => typeof v === 'object' && v !== null && 'at' in v),
      ),
      o,
      { max: 200 },
    ),
  /** What a button or select points at. Nobody types it: it is in no form, no published option and no typed line. */
  ref: <const O extends Presence & { max?: number }>(o: O) => make('ref', z.string().max(o.max ?? 200), o),
  /** What a button says, one of these. Nobody types it, so it has no words. */
  pressed: <const V extends readonly [string, ...string[]]>(values: V) =>
    make('ref', z.enum(values) as z.ZodType<V[number]>, { required: true }),
  zone: <const O extends Presence>(o: O) =>
    make('zone', z.preprocess(readZone, z.string()) as z.ZodType<string>, o, { suggest: zonesLike }),
};

/** The params that people are asked for and can type. */
export const openParams = (params: Params): [name: string, param: Param][] =>
  Object.entries(params).filter(([, { kind }]) => kind !== 'ref');

/** The params that a form asks for. */
export const askedParams = (params: Params): [name: string, param: Param][] =>
  openParams(params).filter(([, { typedOnly }]) => !typedOnly);

/** The same param, left out of forms. */
export const typedOnly = <T>(param: Param<T>): Param<T> => ({ ...param, typedOnly: true });
/** The same param, with texts from elsewhere in the catalogue. */
export const worded = <T>(param: Param<T>, words: ParamWords): Param<T> => ({ ...param, words });
