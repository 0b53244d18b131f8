import type { Log } from '../../src/log/log.js';
import { makeLog } from '../../src/log/make.js';

/** The real log, whose lines go to `hear` as they would stand in the operator's file, each with its end. */
export const logTo = (hear: (line: string) => void): Log => makeLog('info', { to: { write: (line) => hear(line) } });

export const silentLog = (): Log => makeLog('silent');
