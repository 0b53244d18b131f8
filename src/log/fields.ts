import { OperatorError } from '../operator.js';
import { errorCode, errorName, place } from './errors.js';
import { anyOf, count, instant, known, listOf, matching, oneOf, type Plain, type Shape, yesOrNo } from './shapes.js';

/** Ids that we made: they say nothing to whoever does not have the database. */
const id = matching(/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/u);

/** The names of our migrations. */
const migrations = listOf(matching(/^\d{14}_[a-z\d_]{1,80}$/u));

/** Why an errand changed nothing, in one word. */
const trouble = oneOf(
  ...['closed', 'gone', 'forbidden', 'full', 'away'],
  ...['unreachable', 'refused', 'too-large', 'too-slow', 'unreadable', 'lost'],
);

/** The sentence of an {@link OperatorError}: it was written for whoever reads the log, and holds no secret. */
const sentence: Shape<OperatorError> = { take: (value) => (value instanceof OperatorError ? value.message : undefined) };

/**
 * Everything that may be in the log, and how it may look. There is no other list: a field that is not here, and a value that
 * is not of its field's shape, is never written. What people write, names, tokens and addresses have no shape, so they have no
 * field.
 */
const shapes = {
  platform: oneOf('discord', 'slack', 'playground'),
  /** What a person asked for: the name of a command. */
  command: known,
  /** Of work that is due: one of those in src/notices. */
  kind: known,
  delivery: id,
  row: id,
  subject: id,
  /** What the person was told, so that they can tell the operator. */
  reference: matching(/^[\da-f]{8}$/u),

  error: errorName,
  /** Of an error, or the number that Discord gave. */
  code: anyOf(errorCode, count),
  at: listOf(place),
  /** Slack's word, such as `missing_scope` or `http_500`. It has an underscore or is one of these. */
  slack: anyOf(oneOf('ratelimited', 'accesslimited', 'unknown'), matching(/^[a-z]{2,20}(?:_[a-z\d]{1,20}){1,6}$/u)),
  /** What Slack says that the token lacks, such as `im:write`. */
  needed: matching(/^[a-z]+(?:\.[a-z]+)*:[a-z]+(?:[.:][a-z]+)*(?:,[a-z.:]+)*$/u),
  /** Of HTTP. */
  status: count,
  method: oneOf('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'),
  problem: sentence,
  trouble,
  severity: oneOf('FATAL', 'PANIC'),
  warning: oneOf(
    'Warning',
    'DeprecationWarning',
    'ExperimentalWarning',
    'MaxListenersExceededWarning',
    'TimeoutOverflowWarning',
    'TimeoutNegativeWarning',
    'another warning',
  ),
  console: oneOf('log', 'info', 'warn', 'error', 'debug', 'trace'),

  unavailable: yesOrNo,
  failures: count,
  faults: count,
  blocks: count,
  connections: count,
  /** Lines or fields that were left out of this line. */
  dropped: count,
  /** An id of a Discord server, which the operator needs to find it. */
  server: matching(/^\d{17,20}$/u),
  until: instant,
  mode: oneOf('socket', 'http'),
  signal: oneOf('SIGINT', 'SIGTERM'),
  packet: oneOf('interaction', 'event', 'voice'),

  /** Values that were sealed with another key, and values that open with none. */
  resealed: count,
  unreadable: count,
  /** Ids of encryption keys: a hash of each. */
  spare: listOf(matching(/^[\da-f]{16}$/u)),

  applied: migrations,
  edited: migrations,
  unknown: migrations,
};

type Shapes = typeof shapes;
type ValueOf<S> = S extends Shape<infer T> ? T : never;

/** What may be handed to the log. */
export type Fields = { readonly [K in keyof Shapes]?: ValueOf<Shapes[K]> | undefined };
export type ErrandTrouble = ValueOf<typeof trouble>;

/** What stands for a value that was not of its field's shape. */
const typeOf = (value: unknown) => `(${Array.isArray(value) ? 'list' : typeof value})`;

/**
 * What the log writes of what it was given, whatever that is. A value of the wrong shape is replaced by its type; of what is
 * no field at all only the number is told.
 */
export function allowed(given: unknown, words: ReadonlySet<string>): Readonly<Record<string, Plain>> {
  if (typeof given !== 'object' || given === null) return {};
  const written: Record<string, Plain> = {};
  let dropped = 0;
  for (const name of Object.keys(given)) {
    const shape = Object.hasOwn(shapes, name) ? (shapes as Readonly<Record<string, Shape<unknown>>>)[name] : undefined;
    if (!shape) {
      dropped += 1;
      continue;
    }
    try {
      const value: unknown = (given as Readonly<Record<string, unknown>>)[name];
      if (value !== undefined) written[name] = shape.take(value, words) ?? typeOf(value);
    } catch {
      dropped += 1;
    }
  }
  return dropped === 0 ? written : { ...written, dropped };
}
