import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import type { Told } from '../log/log.js';
import { PrismaClient } from './generated/client.js';
import type { Image } from './memory-fs.js';
import { type Migrated, migrate, readMigrations, type Standing, standingOf } from './migrate.js';
import { isDatabase, openFolder, openMemory } from './pglite.js';
import { openPool, TURN_MS, withFirstSession } from './postgres.js';

export interface Where {
  /** A PostgreSQL server, `postgresql://…`. Comes before the others. */
  readonly url?: string;
  /** Directory of the embedded database; made when missing. */
  readonly dir?: string;
  /** An embedded database to copy into memory. For tests. */
  readonly memory?: Image;
}

/** The one way to the database. Every user of it goes through `prisma` or `pool`, also the queue. */
export interface Database {
  readonly kind: 'embedded' | 'postgres';
  readonly prisma: PrismaClient;
  /** Inside a transaction of `prisma`, never use this: on the embedded database it would wait for that transaction. */
  readonly pool: pg.Pool;
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds: how long a transaction may wait for its turn, and how long it may take. */
const TRANSACTION = { maxWait: TURN_MS, timeout: 10_000 };

/** Milliseconds: sooner than a query is given up, because whoever asks after health has limits of their own. */
const PING_MS = 3_000;

function report({ applied, edited, unknown }: Migrated, log: Told): void {
  if (applied.length > 0) log.info({ applied }, 'Migrations were applied.');
  if (edited.length > 0) log.warn({ edited }, 'Migrations were changed after they had been applied here.');
  if (unknown.length > 0) log.warn({ unknown }, 'The database has migrations of a newer version of Homegroup.');
}

function database(kind: Database['kind'], pool: pg.Pool, closePool: () => Promise<void>): Database {
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions: TRANSACTION, errorFormat: 'minimal' });
  let closed: Promise<void> | undefined;
  return {
    kind,
    prisma,
    pool,
    async ping() {
      await pool.query({ text: 'SELECT 1', query_timeout: PING_MS } as pg.QueryConfig);
    },
    close() {
      closed ??= prisma.$disconnect().then(closePool);
      return closed;
    },
  };
}

async function openEmbedded({ dir, memory }: Where, log: Told): Promise<Database> {
  const embedded = dir === undefined ? await openMemory(memory, log) : await openFolder(dir, log);
  try {
    const client = await embedded.pool.connect();
    try {
      report(await migrate(client, await readMigrations()), log);
    } finally {
      client.release();
    }
  } catch (error) {
    await embedded.close();
    throw error;
  }
  return database('embedded', embedded.pool, () => embedded.close());
}

async function openPostgres(url: string, log: Told): Promise<Database> {
  const migrations = await readMigrations();
  report(await withFirstSession(url, (client) => migrate(client, migrations)), log);
  const pool = openPool(url, log);
  return database('postgres', pool, () => pool.end());
}

/**
 * Opens the database and brings it to the newest migration.
 * @throws {@link DatabaseProblem} when it cannot be used; the message is for the operator.
 */
export function openDatabase(where: Where, log: Told): Promise<Database> {
  return where.url ? openPostgres(where.url, log) : openEmbedded(where, log);
}

/** A database as it was found. What it holds can be read only when no migration is missing. */
export interface FoundDatabase extends Database {
  readonly standing: Standing;
}

async function foundPostgres(url: string, log: Told): Promise<FoundDatabase> {
  const migrations = await readMigrations();
  const standing = await withFirstSession(url, (client) => standingOf(client, migrations));
  const pool = openPool(url, log);
  return { ...database('postgres', pool, () => pool.end()), standing };
}

async function foundEmbedded(dir: string, log: Told): Promise<FoundDatabase> {
  const embedded = await openFolder(dir, log);
  try {
    const client = await embedded.pool.connect();
    try {
      const standing = await standingOf(client, await readMigrations());
      return { ...database('embedded', embedded.pool, () => embedded.close()), standing };
    } finally {
      client.release();
    }
  } catch (error) {
    await embedded.close();
    throw error;
  }
}

/**
 * Opens the database to look at it: none is made and no migration is applied.
 * @returns undefined when there is none yet
 * @throws {@link DatabaseProblem} when it cannot be used; the message is for the operator.
 */
export async function openAsFound({ url, dir = '' }: Pick<Where, 'url' | 'dir'>, log: Told): Promise<FoundDatabase | undefined> {
  if (url) return foundPostgres(url, log);
  return isDatabase(dir) ? foundEmbedded(dir, log) : undefined;
}
