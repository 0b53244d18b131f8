import { execFile } from 'node:child_process';
import path from 'node:path';
import type { Config } from './config.js';
import { DatabaseProblem } from './db/errors.js';
import type { KeySource } from './db/keys.js';
import type { Where } from './db/open.js';

/** Milliseconds that the command may take: it may ask a service far away. */
const PATIENCE = 30_000;
/** Bytes that it may say: many keys. */
const MOST = 64 * 1024;

type Command = readonly [string, ...string[]];

/** Why it failed. Never what it said: that may be a key, or tell of one. */
function why(error: { code?: unknown; signal?: unknown; killed?: unknown }): string {
  if (error.code === 'ENOENT') return 'there is no such program';
  if (error.code === 'EACCES') return 'this program may not be run';
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return `it said more than ${MOST / 1024} KiB`;
  if (error.killed) return `it took longer than ${PATIENCE / 1000} seconds`;
  return typeof error.code === 'number'
    ? `it ended with the code ${error.code}`
    : `it ended (${String(error.signal ?? error.code)})`;
}

/**
 * What a program says on its standard output. Run without a shell; what it says on its standard error is dropped.
 * @throws {@link DatabaseProblem} without anything that it said
 */
export function askForKeys([program, ...args]: Command, patience = PATIENCE): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { timeout: patience, killSignal: 'SIGKILL', maxBuffer: MOST, encoding: 'utf8', windowsHide: true } as const;
    const child = execFile(program, args, options, (error, said) => {
      if (!error && said.trim()) return resolve(said);
      const reason = error ? why(error) : 'it said nothing';
      reject(
        new DatabaseProblem(
          `ENCRYPTION_KEY_COMMAND (${path.basename(program)}) gave no key: ${reason}. Run it by hand as the user that runs Homegroup, to see what is wrong. Nothing was changed.`,
        ),
      );
    });
    child.stdin?.end();
  });
}

/**
 * Where the keys of the database are to be had, as the settings say.
 * @throws {@link DatabaseProblem} when a command gave none
 */
export async function keySourceOf({ keys, databaseUrl, dataDir }: Config): Promise<Omit<KeySource, 'mayCreate'>> {
  if (keys && 'setting' in keys) return { setting: keys.setting };
  if (keys && 'file' in keys) return { file: keys.file, isNamed: true };
  if (keys) return { setting: await askForKeys(keys.command), from: 'What ENCRYPTION_KEY_COMMAND said' };
  return databaseUrl ? {} : { file: path.join(dataDir, 'encryption.key') };
}

/** The setting that the keys come from, for messages. */
export const settingOfKeys = ({ keys }: Config): string =>
  keys && 'command' in keys ? 'ENCRYPTION_KEY_COMMAND' : keys && 'file' in keys ? 'ENCRYPTION_KEY_FILE' : 'ENCRYPTION_KEY';

/** Where the database of these settings is. */
export const databaseOf = ({ databaseUrl, dataDir }: Config): Where =>
  databaseUrl ? { url: databaseUrl } : { dir: path.join(dataDir, 'db') };
