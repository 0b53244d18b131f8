import pino, { type Logger } from 'pino';
import type { Config } from './config.js';

/** Lines of JSON on the standard error, so that what a person should read stays alone on the standard output. */
export const makeLog = (level: Config['logLevel']): Logger =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: true }));
