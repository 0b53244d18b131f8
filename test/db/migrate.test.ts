import { spawnSync } from 'node:child_process';
import path from 'node:path';
import pg from 'pg';
import { DatabaseProblem } from '../../src/db/errors.js';
import { checksum, type Migration, migrate, readMigrations } from '../../src/db/migrate.js';
import { openDatabase } from '../../src/db/open.js';
import { fromRoot } from '../../src/root.js';
import { startChild } from '../support/child.js';
import { type Database, freshPostgres, memoryLog, testDatabase } from '../support/db.js';

const migrations = await readMigrations();
const names = migrations.map(({ name }) => name);

async function bookOf(client: pg.ClientBase): Promise<unknown[]> {
  const { rows } = await client.query(`
    SELECT migration_name, checksum, applied_steps_count, logs, rolled_back_at, finished_at >= started_at AS finished
    FROM "_prisma_migrations" ORDER BY migration_name`);
  return rows;
}

const expectedBook = migrations.map(({ name, sql }) => ({
  migration_name: name,
  checksum: checksum(sql),
  applied_steps_count: 1,
  logs: null,
  rolled_back_at: null,
  finished: true,
}));

describe('either database', () => {
  let db: Database;
  let client: pg.PoolClient;
  beforeEach(async () => {
    db = await testDatabase();
    client = await db.pool.connect();
  });
  afterEach(async () => {
    client.release();
    await db.close();
  });

  const plus = (sql: string, name = '99999999999999_more'): Migration[] => [...migrations, { name, sql }];
  const exists = async (table: string) => (await client.query('SELECT to_regclass($1) AS found', [table])).rows[0].found !== null;

  test('holds every migration once, and a second start changes nothing', async () => {
    expect(await bookOf(client)).toEqual(expectedBook);
    expect(await migrate(client, migrations)).toEqual({ applied: [], edited: [], unknown: [] });
    expect(await bookOf(client)).toEqual(expectedBook);
  });

  test('a new migration is applied once', async () => {
    const more = plus('CREATE TABLE more (a int); INSERT INTO more VALUES (1);');
    expect((await migrate(client, more)).applied).toEqual(['99999999999999_more']);
    expect((await migrate(client, more)).applied).toEqual([]);
    expect((await client.query('SELECT a FROM more')).rows).toEqual([{ a: 1 }]);
  });

  test('one that fails changes nothing, not even the book, and can be corrected', async () => {
    const bad = plus('CREATE TABLE more (a int); SELECT nonsense;');
    await expect(migrate(client, bad)).rejects.toThrow('The migration 99999999999999_more failed and changed nothing');
    expect(await exists('more')).toBe(false);
    expect(await bookOf(client)).toEqual(expectedBook);
    expect((await migrate(client, plus('CREATE TABLE more (a int);'))).applied).toHaveLength(1);
  });

  test('one that another tool left unfinished stops the start and says what to do', async () => {
    await client.query(`INSERT INTO "_prisma_migrations" (id, checksum, migration_name) VALUES ('x', 'x', 'halfway')`);
    const error = await migrate(client, migrations).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DatabaseProblem);
    expect((error as Error).message).toContain('The migration halfway was begun by another tool');
    await client.query(`UPDATE "_prisma_migrations" SET rolled_back_at = now() WHERE id = 'x'`);
    expect(await migrate(client, migrations)).toEqual({ applied: [], edited: [], unknown: [] });
  });

  test('edited and unknown ones are told; other line ends are no edit', async () => {
    const [first, ...rest] = migrations;
    if (!first) throw new Error('there are no migrations');
    expect((await migrate(client, [{ ...first, sql: `${first.sql}-- more\n` }, ...rest])).edited).toEqual([first.name]);
    expect((await migrate(client, [{ ...first, sql: first.sql.replaceAll('\n', '\r\n') }, ...rest])).edited).toEqual([]);
    expect((await migrate(client, [])).unknown).toEqual(names);
  });
});

test('no migration ends the transaction that it runs in', () => {
  for (const { name, sql } of migrations) {
    const statements = sql.replace(/--.*$/gm, '').replace(/\$(\w*)\$[\s\S]*?\$\1\$/g, '');
    expect([name, statements]).not.toEqual([
      name,
      expect.stringMatching(/^\s*(BEGIN|COMMIT|ROLLBACK|VACUUM)\b|\bCONCURRENTLY\b/im),
    ]);
  }
});

const server = process.env.TEST_DATABASE_URL;
const onServer = server ? describe : describe.skip;
const prismaCli = fromRoot('node_modules', 'prisma', 'build', 'index.js');

/** Everything that a migration makes, in words that can be compared. */
async function shapeOf(url: string): Promise<unknown> {
  const client = new pg.Client(url);
  await client.connect();
  const all = async (sql: string) => (await client.query({ text: sql, rowMode: 'array' })).rows;
  const shape = {
    book: await bookOf(client),
    columns: await all(`SELECT table_name, column_name, udt_name, is_nullable, column_default, character_maximum_length
                        FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2`),
    constraints: await all(`SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
                            WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2`),
    indexes: await all(`SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1`),
    enums: await all(
      `SELECT t.typname, e.enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid ORDER BY 1, e.enumsortorder`,
    ),
  };
  await client.end();
  return shape;
}

function prisma(url: string, ...args: string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [prismaCli, ...args], {
    cwd: path.dirname(fromRoot('package.json')),
    env: { ...process.env, DATABASE_URL: url, CHECKPOINT_DISABLE: '1', NODE_OPTIONS: '' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`prisma ${args.join(' ')} failed: ${stdout}${stderr}`);
  return stdout;
}

onServer('a PostgreSQL server', () => {
  const fresh: { url: string; drop(): Promise<void> }[] = [];
  const make = async () => {
    const one = await freshPostgres(server ?? '');
    fresh.push(one);
    return one.url;
  };
  afterAll(() => Promise.all(fresh.map((one) => one.drop())));

  test('several processes start at once: each is served, one migrates', async () => {
    const url = await make();
    const children = Array.from({ length: 4 }, () => startChild('test/db/programs/migrate.mjs', url));
    const applied = await Promise.all(children.map((child) => child.line('applied')));
    expect(applied.sort()).toEqual([`applied ${JSON.stringify(names)}`, ...Array<string>(3).fill('applied []')].sort());
    for (const child of children) expect(await child.ended()).toEqual({ code: 0, errors: '' });
  });

  test('several starts in one process, many times', async () => {
    for (let round = 0; round < 3; round += 1) {
      const url = await make();
      const logs = Array.from({ length: 6 }, () => memoryLog());
      const opened = await Promise.all(logs.map((log) => openDatabase({ url }, log)));
      await Promise.all(opened.map((db) => db.close()));
      expect(logs.flatMap((log) => log.lines.map(({ fields }) => fields))).toEqual([{ applied: names }]);
    }
  });

  test('`prisma migrate deploy` makes the same, and each takes the other for its own', async () => {
    const [ours, prismas] = [await make(), await make()];
    await (await openDatabase({ url: ours }, memoryLog())).close();
    prisma(prismas, 'migrate', 'deploy');
    expect(await shapeOf(prismas)).toEqual(await shapeOf(ours));

    expect(prisma(ours, 'migrate', 'deploy')).toContain('No pending migrations to apply');
    expect(prisma(ours, 'migrate', 'status')).toContain('Database schema is up to date');
    const log = memoryLog();
    await (await openDatabase({ url: prismas }, log)).close();
    expect(log.lines).toEqual([]);
  });
});
