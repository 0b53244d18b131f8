import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fromRoot } from '../root.js';
import { matching, oneOf, type Shape } from './shapes.js';

/**
 * The names of errors that are told. A name is a word that anybody can set, so no other one is; the code and the place in the
 * source tell more anyway.
 */
const NAMES = [
  ...['Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'EvalError', 'URIError', 'AggregateError'],
  ...['AbortError', 'TimeoutError', 'DOMException', 'RuntimeError', 'SystemError', 'DataCloneError', 'ZodError'],
  ...['OperatorError', 'ConfigError', 'DatabaseProblem', 'SlackSetupError', 'DiscordSetupError'],
  ...['UserError', 'Unavailable', 'Busy', 'Refused', 'Unreadable', 'Sealed', 'CrossesCommunity', 'Lost', 'Withheld'],
  ...['DatabaseError', 'DriverAdapterError', 'PrismaClientKnownRequestError', 'PrismaClientUnknownRequestError'],
  ...['PrismaClientInitializationError', 'PrismaClientRustPanicError', 'PrismaClientValidationError'],
  ...['DiscordAPIError', 'DiscordjsError', 'DiscordjsTypeError', 'DiscordjsRangeError', 'HTTPError', 'RateLimitError'],
] as const;

/** `name` of the own ones of discord.js and Bolt has more behind it, such as a code. */
export const errorName = oneOf(...NAMES, 'another error', 'no error');

/** SQLSTATE (always with a digit), Prisma's and Node's own; the names of system errors are those that this system has. */
const CODE = /^(?:(?=[0-9A-Z]*\d)[0-9A-Z]{5}|ERR_[A-Z]+(?:_[A-Z\d]+)*|UND_ERR(?:_[A-Z]+)+)$/u;
const SYSTEM: ReadonlySet<string> = new Set([...Object.keys(constants.errno), 'ENOTFOUND', 'EAI_AGAIN', 'ABORT_ERR']);
export const errorCode: Shape<string> = {
  take: (value, words) => (typeof value === 'string' && SYSTEM.has(value) ? value : matching(CODE).take(value, words)),
};

/** A line of a file of this checkout, such as `src/app.ts:12:3`. */
export const place: Shape<string> = {
  take(value) {
    const file = typeof value === 'string' && /^([\w@./+-]+\.[cm]?[jt]s):\d+:\d+$/u.exec(value)?.[1];
    return file && !file.includes('..') && existsSync(fromRoot(file)) ? (value as string) : undefined;
  },
};

/** Places that are told of an error. */
const FRAMES = 6;

function nameOf(error: Error): string {
  const name: unknown = error.name;
  const plain = typeof name === 'string' ? name.replace(/\[\w+\]$/u, '').replace(/ .*$/su, '') : '';
  const told = [plain, error.constructor?.name].find((one) => errorName.take(one, new Set()) !== undefined);
  return told ?? 'another error';
}

/** Where an error came from, without its message, of which the stack has a copy, and without the names of functions. */
function placesOf({ stack }: Error): readonly string[] {
  if (typeof stack !== 'string') return [];
  return stack
    .split('\n')
    .flatMap((line) => {
      const spot = /^\s+at (?:.*\()?(?:file:\/\/)?(\/[^()]*:\d+:\d+)\)?$/u.exec(line)?.[1];
      const inside = spot && path.relative(fromRoot(), spot);
      return inside && place.take(inside, new Set()) !== undefined ? [inside] : [];
    })
    .slice(0, FRAMES);
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return errorCode.take(code, new Set()) as string | undefined;
}

/** What the log may hold of an error: what it is and where it came from. Its message could quote what somebody wrote. */
export interface ErrorFields {
  readonly error: (typeof NAMES)[number] | 'another error' | 'no error';
  readonly code?: string;
  readonly at?: readonly string[];
}

/** Never fails, whatever was thrown. */
export function errorFields(error: unknown): ErrorFields {
  try {
    if (!(error instanceof Error)) return { error: 'no error' };
    const code = codeOf(error) ?? codeOf(error.cause);
    const at = placesOf(error);
    return {
      error: nameOf(error) as ErrorFields['error'],
      ...(code !== undefined && { code }),
      ...(at.length > 0 && { at }),
    };
  } catch {
    return { error: 'another error' };
  }
}
