import fs from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import pg from 'pg';
import { errorFields } from '../log/errors.js';
import type { Told } from '../log/log.js';
import { DurableNodeFS, syncPath, syncTree } from './durable-fs.js';
import { DatabaseProblem } from './errors.js';
import { lockFolder } from './lock.js';
import { type Image, ImageFS } from './memory-fs.js';

/** Milliseconds that a query waits for the one session before the caller hears that the database is busy. As on PostgreSQL. */
const WAIT_MS = 30_000;
/** First bytes of the messages that begin a statement: Parse, and the simple Query. */
const BEGINS = new Set([0x50, 0x51]);
/** Those of a statement whose answers may wait until it is whole: Parse, Bind, Close, Describe and Execute. */
const UNANSWERED = new Set([0x50, 0x42, 0x43, 0x44, 0x45]);

/** Small buffers, because the whole database of a community is small; about 220 MB resident with these. */
const SMALL = ['shared_buffers=16MB', 'wal_buffers=1MB', 'max_wal_size=64MB', 'min_wal_size=32MB', 'TimeZone=UTC'];
const DURABLE = ['fsync=on', 'wal_sync_method=fsync'];

/** PGlite's own, without which it does not start. It exports them, untyped. */
const OWN = (PGlite as unknown as { defaultStartParams: readonly string[] }).defaultStartParams;

const asFlags = (settings: readonly string[]) => settings.flatMap((setting) => ['-c', setting]);

export interface Embedded {
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/**
 * PGlite as node-postgres talks to it. It would be handed each message of a statement by itself, and enter the database five
 * times for one answer; so they wait for the one that asks for it.
 *
 * The database computes in this thread, and what it resolves are promises only: while a crowd waits for it, nothing else would
 * have its turn, and platforms give up waiting for a first response after three seconds. So others are let in before each statement.
 */
function wholeStatements(pglite: PGlite): PGlite {
  let parts: Uint8Array[] = [];
  const whole: Pick<PGlite, 'execProtocolStream' | 'waitReady'> = {
    waitReady: pglite.waitReady,
    async execProtocolStream(message, options) {
      parts.push(message);
      if (UNANSWERED.has(message[0] ?? 0)) return [];
      const statement = Buffer.concat(parts);
      parts = [];
      if (BEGINS.has(statement[0] ?? 0)) await setImmediate();
      return pglite.execProtocolStream(statement, options);
    },
  };
  return whole as PGlite;
}

/**
 * node-postgres on PGlite, in the process and without a socket. PGlite has one session, so the pool has one client, and
 * every user of the database must go through it: a statement sent beside it would land in somebody's open transaction.
 */
export function poolOn(pglite: PGlite, log: Told): pg.Pool {
  const config = createPgConfig(wholeStatements(pglite));
  const connection = config.connection as unknown as { parse(query: { types?: unknown }): void };
  const parse = connection.parse.bind(connection);
  // node-postgres hands its type parsers to parse(); PGlite expects an array of type ids there.
  connection.parse = (query) => parse(Array.isArray(query.types) ? query : { ...query, types: undefined });

  const pool = new pg.Pool({
    ...(config as unknown as pg.PoolConfig),
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: WAIT_MS,
    // A client that was thrown away may have left its transaction open, because the session behind it lives on.
    onConnect: async (client) => void (await client.query('ROLLBACK')),
  });
  pool.on('error', (error) => log.error(errorFields(error), 'The embedded database reported a problem.'));
  return pool;
}

function embed(pglite: PGlite, log: Told, release: () => Promise<void>): Embedded {
  const pool = poolOn(pglite, log);
  return {
    pool,
    async close() {
      await pool.end();
      await pglite.close();
      await release();
    },
  };
}

async function start(folder: string, log: Told): Promise<PGlite> {
  let ready = false;
  let reason: string | undefined;
  const onStderr = (line: string) => {
    const severity = /\b(FATAL|PANIC)\b/u.exec(line)?.[1] as 'FATAL' | 'PANIC' | undefined;
    // Its words may quote statements, and statements what somebody wrote.
    if (severity && ready) log.error({ severity }, 'The embedded database stopped.');
    if (severity || !ready) reason = line;
    return false;
  };
  const startParams = [...OWN.filter((flag) => flag !== '-F'), ...asFlags([...DURABLE, ...SMALL])];
  try {
    const pglite = await PGlite.create({ fs: new DurableNodeFS(folder), startParams, onStderr } as PGliteOptions);
    ready = true;
    return pglite;
  } catch (error) {
    const text = reason ?? (error instanceof Error ? error.message : String(error));
    throw new DatabaseProblem(`The embedded database in ${folder} does not open (${text}).`, { cause: error });
  }
}

/** Made beside its place and moved there when it is whole, so that a crash half-way leaves nothing that looks like a database. */
async function create(folder: string, log: Told): Promise<void> {
  const draft = `${folder}.unfinished`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft, { mode: 0o700 });
  const pglite = await start(draft, log);
  await pglite.close();
  syncTree(draft);
  fs.renameSync(draft, folder);
  syncPath(path.dirname(folder));
}

/** PGlite would make its files among whatever else is there. */
function holdsDatabase(folder: string): boolean {
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  if (names.length > 0 && !names.includes('PG_VERSION')) {
    throw new DatabaseProblem(`${folder} holds files that are no database. Empty it, or choose another DATA_DIR.`);
  }
  return names.length > 0;
}

/**
 * Whether there is a database in this directory. Makes nothing.
 * @throws {@link DatabaseProblem} when something else is there.
 */
export const isDatabase = (dir: string): boolean => holdsDatabase(path.resolve(dir));

/**
 * Opens the database in this directory, makes it if there is none, and keeps every other process out of it until closed.
 * @throws {@link DatabaseProblem} when another process has it, or it does not open.
 */
export async function openFolder(dir: string, log: Told): Promise<Embedded> {
  const parent = path.dirname(path.resolve(dir));
  fs.mkdirSync(parent, { recursive: true, mode: 0o700 });
  const folder = path.join(fs.realpathSync(parent), path.basename(path.resolve(dir)));
  const release = await lockFolder(folder);
  try {
    if (!holdsDatabase(folder)) {
      log.info({}, 'Making the embedded database; this takes a few seconds, once.');
      await create(folder, log);
    }
    return embed(await start(folder, log), log, release);
  } catch (error) {
    await release();
    throw error;
  }
}

/** Opens a database that lives in memory, as a copy of an image; an empty one without it. For tests. */
export async function openMemory(image: Image | undefined, log: Told): Promise<Embedded> {
  const startParams = [...OWN, ...asFlags(SMALL)];
  const pglite = await PGlite.create({ startParams, ...(image && { fs: new ImageFS(image) }) } as PGliteOptions);
  return embed(pglite, log, async () => undefined);
}
