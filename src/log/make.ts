import pino, { type DestinationStream } from 'pino';
import { allowed, type Fields } from './fields.js';
import type { Log } from './log.js';

/** The text without the secrets. */
const hide = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((rest, secret) => rest.replaceAll(secret, '[hidden]'), text);

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

export interface Logbook extends Log {
  /** The same with these fields in every line. */
  child(fields: Fields): Log;
  /** Makes words known, such as the names of commands: they may be written where a field is for one. */
  allow(words: Iterable<string>): void;
}

export interface LogOptions {
  /** Taken out of every line, whoever put them there: libraries keep tokens in the errors that they throw. */
  readonly secrets?: readonly string[];
  /** Instead of the standard error. */
  readonly to?: DestinationStream;
}

/** Lines of JSON on the standard error, so that what a person should read stays alone on the standard output. */
export function makeLog(
  level: Level,
  { secrets = [], to = pino.destination({ dest: 2, sync: true }) }: LogOptions = {},
): Logbook {
  const words = new Set<string>();
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: { streamWrite: (line: string) => hide(line, secrets) },
  };
  const lines = pino(options, to);
  const under = (own: Fields): Log => {
    const at = (name: keyof Log) => (fields: object, message: string) =>
      lines[name]({ ...allowed(own, words), ...allowed(fields, words) }, message);
    return { fatal: at('fatal'), error: at('error'), warn: at('warn'), info: at('info') };
  };
  return {
    ...under({}),
    child: under,
    allow(more) {
      for (const word of more) words.add(word);
    },
  };
}
