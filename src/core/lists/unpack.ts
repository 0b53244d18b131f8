import path from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Unzip, UnzipInflate } from 'fflate';
import { Unreadable } from './unreadable.js';

/** A file, or one in an archive. It can be opened more than once. */
export interface Entry {
  /** Without its folders. */
  readonly name: string;
  open(): AsyncIterable<Uint8Array>;
}

export interface Most {
  /** Bytes of everything, unpacked. */
  readonly bytes: number;
  /** Files of an archive. */
  readonly files: number;
}

export const MOST: Most = { bytes: 512 * 2 ** 20, files: 1_000 };

/** As many bytes as allowed. @throws Unreadable `too-large` where there are more */
export async function* limited(bytes: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let left = most;
  for await (const chunk of bytes) {
    left -= chunk.length;
    if (left < 0) throw new Unreadable('too-large');
    yield chunk;
  }
}

/** The first bytes say what a file is; its name may say anything. */
async function headOf({ open }: Entry): Promise<Uint8Array> {
  for await (const chunk of open()) if (chunk.length > 0) return chunk.subarray(0, 4);
  return new Uint8Array();
}

const isZip = ([a, b, c, d]: Uint8Array) => a === 0x50 && b === 0x4b && c === 3 && d === 4;
const isGzip = ([a, b]: Uint8Array) => a === 0x1f && b === 0x8b;
const isWanted = (name: string) => /\.(?:csv|json|jsonl|ndjson)$/iu.test(name);
const isHostile = (name: string) => name.split(/[\\/]/u).includes('..') || /^(?:[\\/]|[a-z]:)/iu.test(name);

/** The tables and lists of an archive, in memory. Nothing is written anywhere. */
async function unzip(entry: Entry, most: Most): Promise<Entry[]> {
  const files = new Map<string, { chunks: Uint8Array[]; isWhole: boolean }>();
  let left = most.bytes;
  let count = 0;
  const archive = new Unzip((file) => {
    count += 1;
    if (count > most.files) throw new Unreadable('too-large');
    if (isHostile(file.name)) throw new Unreadable('hostile');
    const name = path.posix.basename(file.name);
    if (!isWanted(name) || file.name.startsWith('__MACOSX/') || files.has(name)) return;
    const kept = { chunks: [] as Uint8Array[], isWhole: false };
    files.set(name, kept);
    file.ondata = (error, chunk, isLast) => {
      left -= chunk?.length ?? 0;
      // What is thrown here is told to this very function once more.
      if (left < 0) throw new Unreadable('too-large');
      if (error) throw new Unreadable('not-zip');
      kept.chunks.push(chunk);
      kept.isWhole ||= isLast;
    };
    file.start();
  });
  archive.register(UnzipInflate);
  try {
    for await (const chunk of entry.open()) archive.push(chunk);
    archive.push(new Uint8Array(), true);
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('not-zip');
  }
  if ([...files.values()].some(({ isWhole }) => !isWhole)) throw new Unreadable('cut-off');
  return [...files].map(([name, { chunks }]) => ({ name, open: () => Readable.from(chunks) }));
}

/** Damaged archives throw inside of the stream, and so does a file that cannot be read to its end; `pipe` would pass the latter on to nobody. */
async function* gunzip(entry: Entry, most: number): AsyncGenerator<Uint8Array> {
  try {
    yield* limited(
      pipeline(Readable.from(entry.open()), createGunzip(), () => undefined),
      most,
    );
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('not-zip');
  }
}

/**
 * What is in a file: itself, or what it packs.
 * @throws Unreadable for archives that are damaged, too large, or that reach out of their folder
 */
export async function unpack(entry: Entry, most = MOST): Promise<readonly Entry[]> {
  const head = await headOf(entry);
  if (isZip(head)) return unzip(entry, most);
  if (isGzip(head)) return [{ name: entry.name.replace(/\.gz$/iu, ''), open: () => gunzip(entry, most.bytes) }];
  return [{ name: entry.name, open: () => limited(entry.open(), most.bytes) }];
}
