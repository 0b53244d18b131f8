import pino, { type Logger } from 'pino';
import type { Config } from './config.js';

/** The text without the secrets. */
export const hide = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((rest, secret) => rest.replaceAll(secret, '[hidden]'), text);

/**
 * Lines of JSON on the standard error, so that what a person should read stays alone on the standard output.
 * @param secrets taken out of every line, whoever put them there: libraries keep tokens in the errors that they throw
 */
export function makeLog(level: Config['logLevel'], secrets: readonly string[] = []): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: { streamWrite: (line: string) => hide(line, secrets) },
  };
  return pino(options, pino.destination({ dest: 2, sync: true }));
}
