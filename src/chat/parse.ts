import type { Said } from './adapter.js';
import type { AnyCommand } from './command.js';

/**
 * Reads a line without its slash, such as `checkin now mood:7 note:"slept well"`.
 * What stands without a name goes to the command's first param that was not named.
 */
export function parseLine(_line: string, _commands: readonly AnyCommand[]): Said {
  throw new Error('being written');
}
