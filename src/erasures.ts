import { constants } from 'node:fs';
import { access, mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { errorFields } from './log/errors.js';
import type { Told } from './log/log.js';

/** Of one line: a day, and what stands for who was erased. One that was cut off when a process died is none, and the next may follow it at once. */
const LINE = /\d{4}-\d{2}-\d{2} ([\w-]{22})(?=[\r\n]|$|\d{4}-\d{2}-\d{2} )/gu;
const CUT_OFF = /^\d{0,4}(?:(?<=\d{4})-\d{0,2}(?:(?<=-\d{2})-\d{0,2}(?:(?<=-\d{2}-\d{2}) [\w-]{0,22})?)?)?$/u;

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Makes sure that the name of a new file is on disk, too. */
async function keepName(file: string): Promise<void> {
  const folder = await open(path.dirname(file), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function append(file: string, lines: string): Promise<void> {
  const isNew = await access(file).then(
    () => false,
    () => true,
  );
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.writeFile(lines);
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (isNew) await keepName(file);
}

/**
 * A journal of erasings beside the database, so that it is not put back with a backup. Each line is a day (UTC) and what only the key makes
 * of an id; nothing in it leads to anybody without an old copy of the database and the key.
 */
export function journalAt(file: string, log: Pick<Told, 'error'>) {
  return {
    /** Resolves when it is on disk. Erasing never fails for it: what could not be written is logged. */
    async note(digests: readonly string[], now: Date): Promise<void> {
      const day = now.toISOString().slice(0, 10);
      try {
        await append(file, digests.map((digest) => `${day} ${digest}\n`).join(''));
      } catch (error) {
        log.error(errorFields(error), 'An erasing could not be written into ERASURES_FILE: a backup would bring them back.');
      }
    },
  };
}

export interface Journal {
  /** What stands for everybody who was erased. */
  readonly digests: ReadonlySet<string>;
  /** The lines, from 1, that hold something else: who stood in them is not known. */
  readonly damaged: readonly number[];
}

/** What stands in a journal; undefined where there is none. @throws where it cannot be read */
export async function readJournal(file: string): Promise<Journal | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  const isDamaged = (line: string) => !CUT_OFF.test(line.replaceAll(LINE, '').trim());
  return {
    digests: new Set([...text.matchAll(LINE)].map(([, digest]) => digest as string)),
    damaged: text.split('\n').flatMap((line, i) => (isDamaged(line) ? [i + 1] : [])),
  };
}

/** Whether a line could be added. Nothing is made. */
export async function canNote(file: string): Promise<boolean> {
  const may = (place: string) =>
    access(place, constants.W_OK).then(
      () => true,
      (error: unknown) => (isMissing(error) ? undefined : false),
    );
  // A folder that is not there is made at the start.
  return (await may(file)) ?? (await may(path.dirname(file))) ?? true;
}
