import { createHash, createSecretKey, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Key, Keyring } from './cipher.js';
import { syncPath } from './durable-fs.js';
import { DatabaseProblem } from './errors.js';

const KEY_BYTES = 32;
/** Standard or URL-safe base64, with or without its padding. */
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const EXPECTED =
  'expected base64 of 32 random bytes, such as "openssl rand -base64 32" prints; several separated by commas, the active one first';

/** Nobody has to name a key: its id follows from it, and does not lead back to it. */
function makeKey(bytes: Buffer): Key {
  const id = createHash('sha256').update('homegroup key id\0').update(bytes).digest('hex').slice(0, 16);
  return { id, secret: createSecretKey(bytes) };
}

function readKey(text: string, place: string): Key {
  const bytes = Buffer.from(text, 'base64');
  if (!BASE64.test(text)) throw new DatabaseProblem(`${place} is not base64 (${text.length} characters): ${EXPECTED}.`);
  if (bytes.length !== KEY_BYTES) throw new DatabaseProblem(`${place} holds ${bytes.length} bytes: ${EXPECTED}.`);
  return makeKey(bytes);
}

/**
 * Reads one key or several, the active one first.
 * @param from where the text came from, for messages: `ENCRYPTION_KEY`, or the path of a file
 * @throws {@link DatabaseProblem} never holds any part of a key
 */
export function parseKeys(text: string, from = 'ENCRYPTION_KEY'): Keyring {
  const parts = text
    .split(/[,\s]+/)
    .map((part) => part.trim())
    .filter(Boolean);
  const keys = parts.map((part, index) =>
    readKey(part, parts.length === 1 ? from : `${from}, key ${index + 1} of ${parts.length},`),
  );
  const [active, ...others] = keys.filter((key, index) => keys.findIndex(({ id }) => id === key.id) === index);
  if (!active) throw new DatabaseProblem(`${from} is empty: ${EXPECTED}.`);
  return [active, ...others];
}

function readKeyFile(file: string): Keyring {
  const found = fs.statSync(file);
  if (!found.isFile()) throw new DatabaseProblem(`The key file ${file} is not a file.`);
  const mode = found.mode & 0o777;
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    const shown = mode.toString(8).padStart(3, '0');
    throw new DatabaseProblem(`Others on this machine can read the key file ${file} (mode ${shown}). Run: chmod 600 ${file}`);
  }
  return parseKeys(fs.readFileSync(file, 'utf8'), file);
}

/** Makes a key file: whole and on the disk before it has its name. False when one was there, which stays as it was. */
export function writeKeyFile(file: string): boolean {
  const folder = path.dirname(file);
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = fs.openSync(draft, 'wx', 0o600);
  try {
    fs.writeFileSync(handle, `${randomBytes(KEY_BYTES).toString('base64')}\n`);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
  try {
    // Unlike a rename, a link never takes the place of a file that is there.
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    fs.unlinkSync(draft);
    syncPath(folder);
  }
}

export interface KeySource {
  /** The text of the keys, where it was given as such. Comes before the file. */
  readonly setting?: string;
  /** Where that text is from, for messages; ENCRYPTION_KEY without it. */
  readonly from?: string;
  /** The key file: the one that the operator named, else that of the embedded database. */
  readonly file?: string;
  /** The operator named the file: it is never made. */
  readonly isNamed?: boolean;
  /** False: a missing file is an error, because something was sealed already. */
  readonly mayCreate: boolean;
}

export interface LoadedKeys {
  readonly keyring: Keyring;
  /** The key file that was used; absent when the setting was. */
  readonly file?: string;
  /** The key file was made just now: tell the operator where it is and to keep a copy elsewhere. */
  readonly created: boolean;
}

/** Whether a start on an unused database would make a key file. */
export const makesKeyFile = ({ setting, file, isNamed }: Omit<KeySource, 'mayCreate'>): boolean =>
  !setting?.trim() && file !== undefined && !isNamed && !fs.existsSync(file);

/** @throws {@link DatabaseProblem} when there is no usable key; never holds any part of one. */
export function loadKeys({ setting, from, file, isNamed = false, mayCreate }: KeySource): LoadedKeys {
  if (setting?.trim()) return { keyring: parseKeys(setting, from), created: false };
  if (!file) throw new DatabaseProblem(`ENCRYPTION_KEY is not set: ${EXPECTED}. What members write is encrypted with it.`);
  if (fs.existsSync(file)) return { keyring: readKeyFile(file), file, created: false };
  if (isNamed)
    throw new DatabaseProblem(
      `The key file ${file} (ENCRYPTION_KEY_FILE) is missing. Nothing was changed, and no key was made: ${EXPECTED}.`,
    );
  if (!mayCreate) {
    throw new DatabaseProblem(
      `The key file ${file} is missing, and this database holds values that only its key opens. Put the file back, or set ENCRYPTION_KEY. No new key was made.`,
    );
  }
  const created = writeKeyFile(file);
  return { keyring: readKeyFile(file), file, created };
}
