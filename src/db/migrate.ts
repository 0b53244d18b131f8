import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ClientBase } from 'pg';
import { fromRoot } from '../root.js';
import { DatabaseProblem } from './errors.js';

/** The advisory lock that Prisma's schema engine takes, so that `prisma migrate deploy` and this exclude each other. */
const LOCK = 72_707_369;

/** Prisma's own bookkeeping, exactly as its schema engine creates it. */
const BOOK = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

export interface Migration {
  readonly name: string;
  readonly sql: string;
}

export interface Migrated {
  /** Applied just now, in order. */
  readonly applied: readonly string[];
  /** Applied earlier with another text than the file has today. */
  readonly edited: readonly string[];
  /** Applied earlier by a version of the program that is newer than this one. */
  readonly unknown: readonly string[];
}

/** Every migration of the project, oldest first. */
export async function readMigrations(dir = fromRoot('prisma', 'migrations')): Promise<readonly Migration[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => ({ name, sql: await readFile(path.join(dir, name, 'migration.sql'), 'utf8') })),
  );
}

export const checksum = (sql: string): string => createHash('sha256').update(sql).digest('hex');

/** Git may have changed the line ends of a file on its way to another machine. */
function hasChecksum(sql: string, wanted: string): boolean {
  const unix = sql.replaceAll('\r\n', '\n');
  return [sql, unix, unix.replaceAll('\n', '\r\n')].some((text) => checksum(text) === wanted);
}

interface Row {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

async function appliedSoFar(client: ClientBase): Promise<Map<string, string>> {
  const { rows } = await client.query<Row>(
    'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY started_at',
  );
  const failed = rows.find((row) => row.finished_at === null);
  if (failed) {
    throw new DatabaseProblem(
      `The migration ${failed.migration_name} was begun by another tool and did not finish. Look at the database, then run "npx prisma migrate resolve".`,
    );
  }
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

/** The change and its bookkeeping happen together or not at all, so that a killed process leaves nothing half done. */
async function apply(client: ClientBase, { name, sql }: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum(sql), name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw new DatabaseProblem(`The migration ${name} failed and changed nothing: ${(error as Error).message}`, { cause: error });
  }
}

/** How the database stands to the migrations of this program. */
export interface Standing {
  /** To be applied at the next start. */
  readonly missing: readonly string[];
  /** Applied with another text than the file has today. */
  readonly edited: readonly string[];
  /** Applied by a version of the program that is newer than this one. */
  readonly unknown: readonly string[];
}

function compare(done: ReadonlyMap<string, string>, migrations: readonly Migration[]): Standing {
  const names = new Set(migrations.map(({ name }) => name));
  return {
    missing: migrations.filter(({ name }) => !done.has(name)).map(({ name }) => name),
    edited: migrations.filter(({ name, sql }) => !hasChecksum(sql, done.get(name) ?? checksum(sql))).map(({ name }) => name),
    unknown: [...done.keys()].filter((name) => !names.has(name)),
  };
}

/** Compares, and changes nothing. @throws {@link DatabaseProblem} when a migration was begun and did not finish */
export async function standingOf(client: ClientBase, migrations: readonly Migration[]): Promise<Standing> {
  const { rows } = await client.query<{ book: string | null }>(`SELECT to_regclass('"_prisma_migrations"')::text AS book`);
  return compare(rows[0]?.book ? await appliedSoFar(client) : new Map(), migrations);
}

async function applyMissing(client: ClientBase, migrations: readonly Migration[]): Promise<Migrated> {
  await client.query(BOOK);
  const { missing, edited, unknown } = compare(await appliedSoFar(client), migrations);
  for (const migration of migrations) if (missing.includes(migration.name)) await apply(client, migration);
  return { applied: missing, edited, unknown };
}

/**
 * Brings the database to the newest migration, in one session. Processes that start together wait for each other.
 * @throws {@link DatabaseProblem}
 */
export async function migrate(client: ClientBase, migrations: readonly Migration[]): Promise<Migrated> {
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
  } catch (error) {
    throw new DatabaseProblem('Another process has been migrating the database for too long; try again when it has finished.', {
      cause: error,
    });
  }
  try {
    return await applyMissing(client, migrations);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [LOCK]).catch(() => undefined);
  }
}
