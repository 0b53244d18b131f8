import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { type FetchTrouble, fetchList } from '../core/lists/fetch.js';
import { type Entry, MOST, unpack } from '../core/lists/unpack.js';
import { OperatorError } from '../operator.js';

const LIMITS = { bytes: 256 * 2 ** 20, patience: 600_000, redirects: 5 };
/** Bytes at both ends of a page in which it is told how many there are. */
const AROUND = 2_000;
const MOST_PAGES = 10_000;
const TABLE = /\.(?:csv|json|jsonl|ndjson)$/iu;

const WHY: Readonly<Record<FetchTrouble, string>> = {
  unreachable: 'Nobody answers at that address. Look whether it opens in a browser.',
  refused: 'The server refuses to give that list, or sends us on to an address that is not of the web.',
  'too-large': 'What comes from that address is too large.',
  'too-slow': 'The server takes too long. Try again later.',
};

/** What somebody named: its files, and what the list is called when nobody says. */
export interface Opened {
  readonly entries: readonly Entry[];
  readonly name: string;
  /** Undefined: a file. */
  readonly url?: string;
}

const fileEntry = (file: string): Entry => ({ name: path.basename(file), open: () => createReadStream(file) });

async function fetchBytes(url: string, most: number): Promise<Buffer> {
  const fetched = await fetchList(url, {}, new AbortController().signal, { ...LIMITS, bytes: most });
  if (!fetched.ok) throw new OperatorError(WHY[fetched.why]);
  // Without a known version, no server says that nothing changed.
  if (!('bytes' in fetched)) throw new OperatorError(WHY.refused);
  return fetched.bytes;
}

/** HSDS' interface tells on each page how many there are. */
function pagesIn(bytes: Buffer): number {
  const ends = [bytes.subarray(0, AROUND), bytes.subarray(-AROUND)].map((end) => end.toString('latin1')).join(' ');
  const [, pages] = /"total_pages"\s*:\s*(\d{1,6})\b/u.exec(ends) ?? [];
  return Math.min(Number(pages ?? 1), MOST_PAGES);
}

async function download(url: string): Promise<Opened> {
  const address = new URL(url);
  const name = path.posix.basename(address.pathname);
  const first = await fetchBytes(url, LIMITS.bytes);
  const all = [first];
  let left = LIMITS.bytes - first.length;
  const pages = address.searchParams.has('page') ? 1 : pagesIn(first);
  for (let page = 2; page <= pages; page += 1) {
    address.searchParams.set('page', String(page));
    const bytes = await fetchBytes(address.href, left);
    left -= bytes.length;
    all.push(bytes);
  }
  const unpacked = await Promise.all(all.map((bytes) => unpack({ name, open: () => Readable.from([bytes]) })));
  return { url, name: address.hostname, entries: unpacked.flat() };
}

/**
 * Opens a file, a folder of tables, an archive or an address.
 * @throws OperatorError for what is none of them
 * @throws Unreadable for archives that cannot be taken
 */
export async function openResources(place: string): Promise<Opened> {
  if (!existsSync(place)) {
    if (/^https?:\/\//iu.test(place) && URL.canParse(place)) return download(new URL(place).href);
    throw new OperatorError(`${place} is neither an address that begins with http:// or https:// nor a file or folder.`);
  }
  const name = path.basename(place).replace(/\.[a-z.]+$/iu, '') || place;
  if (!statSync(place).isDirectory()) return { name, entries: await unpack(fileEntry(place)) };
  const files = readdirSync(place).filter((file) => TABLE.test(file));
  const isPackage = files.some((file) => /^services?\.csv$/iu.test(file));
  // Where a folder holds the same as tables and as JSON, the tables are taken.
  const wanted = isPackage ? files.filter((file) => /\.csv$/iu.test(file)) : files;
  if (wanted.length > MOST.files) throw new OperatorError(`${place} holds more than ${MOST.files} tables.`);
  return { name, entries: wanted.toSorted().map((file) => fileEntry(path.join(place, file))) };
}
