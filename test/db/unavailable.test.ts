import net from 'node:net';
import pg from 'pg';
import { DatabaseProblem } from '../../src/db/errors.js';
import { type Database, openDatabase } from '../../src/db/open.js';
import { isUnavailable } from '../../src/db/unavailable.js';
import { memoryLog, testDatabase } from '../support/db.js';
import { type PostgresServer, serverExists, startPostgres } from '../support/postgres-server.js';

const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no error',
    (error: unknown) => error,
  );
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Every way in which the program uses the database. */
const uses: readonly [string, (db: Database) => Promise<unknown>][] = [
  ['a query', (db) => db.prisma.community.findMany()],
  ['a write', (db) => db.prisma.community.create({ data: {} })],
  ['a raw query', (db) => db.prisma.$queryRaw`SELECT 1`],
  ['a transaction', (db) => db.prisma.$transaction((tx) => tx.community.count())],
  ['a batch', (db) => db.prisma.$transaction([db.prisma.community.count()])],
  ['the pool', (db) => db.pool.query('SELECT 1')],
  ['a ping', (db) => db.ping()],
];

const withServer = serverExists ? describe : describe.skip;
if (!serverExists) console.warn('No PostgreSQL server is installed here: what happens when one stops is not tested.');

withServer('a PostgreSQL server that', () => {
  let server: PostgresServer;
  let db: Database;
  beforeAll(async () => {
    server = await startPostgres('max_connections=8', 'superuser_reserved_connections=0');
    db = await openDatabase({ url: server.url }, memoryLog());
  });
  afterAll(async () => {
    await db.close();
    server.remove();
  });

  async function worksAgain(): Promise<void> {
    for (const [name, use] of uses) expect([name, await errorOf(use(db))]).not.toEqual([name, expect.any(Error)]);
  }

  test('stops while connections are idle is unavailable, and serves again when it is back', async () => {
    await Promise.all([db.ping(), db.ping(), db.ping()]);
    server.stop();
    for (const [name, use] of uses) expect([name, isUnavailable(await errorOf(use(db)))]).toEqual([name, true]);
    server.start();
    await worksAgain();
  });

  test('stops in the middle of queries and transactions is unavailable', async () => {
    const slow = [
      errorOf(db.pool.query('SELECT pg_sleep(10)')),
      errorOf(db.prisma.$queryRaw`SELECT pg_sleep(10)::text`),
      errorOf(db.prisma.$transaction((tx) => tx.$queryRaw`SELECT pg_sleep(10)::text`)),
      errorOf(
        db.prisma.$transaction(async (tx) => {
          await tx.community.count();
          await pause(1000);
          await tx.community.count();
        }),
      ),
    ];
    await pause(500);
    server.stop();
    for (const error of await Promise.all(slow))
      expect([String(error), isUnavailable(error)]).toEqual([expect.any(String), true]);
    server.start();
    await worksAgain();
  });

  test('ends our sessions is unavailable once, and serves the next', async () => {
    const query = errorOf(db.prisma.$queryRaw`SELECT pg_sleep(10)::text`);
    const admin = new pg.Client(server.url);
    await admin.connect();
    const isAsked =
      "SELECT FROM pg_stat_activity WHERE application_name = 'homegroup' AND state = 'active' AND query ~ 'pg_sleep'";
    while ((await admin.query(isAsked)).rowCount === 0) await pause(10);
    await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'homegroup'");
    await admin.end();
    expect(isUnavailable(await query)).toBe(true);
    await worksAgain();
  });

  test('has no connection left is unavailable', async () => {
    await db.close();
    db = await openDatabase({ url: server.url }, memoryLog());
    const others = Array.from({ length: 8 }, () => new pg.Client(server.url));
    await Promise.all(others.map((client) => client.connect()));
    for (const [name, use] of uses) expect([name, isUnavailable(await errorOf(use(db)))]).toEqual([name, true]);
    await Promise.all(others.map((client) => client.end()));
    await worksAgain();
  });

  test('gives up a statement that takes too long is unavailable', async () => {
    const error = await errorOf(
      db.prisma.$transaction(async (tx) => {
        await tx.$executeRaw`SET LOCAL statement_timeout = 50`;
        await tx.$queryRaw`SELECT pg_sleep(1)::text`;
      }),
    );
    expect(isUnavailable(error)).toBe(true);
    const { rows } = await db.pool.query(
      "SELECT current_setting('statement_timeout') AS statement, current_setting('TimeZone') AS zone",
    );
    expect(rows).toEqual([{ statement: '15s', zone: 'UTC' }]);
  });

  test('keeps our time zone beside options of its own in the address', async () => {
    const url = new URL(server.url);
    url.searchParams.set('options', '-c work_mem=8MB');
    const other = await openDatabase({ url: url.href }, memoryLog());
    const { rows } = await other.pool.query("SELECT current_setting('work_mem') AS work, current_setting('TimeZone') AS zone");
    expect(rows).toEqual([{ work: '8MB', zone: 'UTC' }]);
    await other.close();
  });

  test('is not there when we start is told, with its address and without the password', async () => {
    server.stop();
    const error = (await errorOf(openDatabase({ url: server.url }, memoryLog()))) as Error;
    server.start();
    expect(error).toBeInstanceOf(DatabaseProblem);
    expect(error.message).toMatch(
      /^PostgreSQL at 127\.0\.0\.1:\d+\/postgres cannot be used \(.*ECONNREFUSED.*\)\. Start it, or correct DATABASE_URL\.$/,
    );
    expect(error.message).not.toContain('secret');
    await worksAgain();
  });
});

describe('at the start', () => {
  test('a server that accepts and never answers is given up', async () => {
    const mute = net.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => mute.once('listening', resolve));
    const { port } = mute.address() as net.AddressInfo;
    await expect(openDatabase({ url: `postgresql://u:secret@127.0.0.1:${port}/d` }, memoryLog())).rejects.toThrow(
      `PostgreSQL at 127.0.0.1:${port}/d cannot be used`,
    );
    mute.close();
  });

  test('what is no address is told without showing it', async () => {
    const error = (await errorOf(openDatabase({ url: 'secret' }, memoryLog()))) as Error;
    expect(error.message).toBe('DATABASE_URL is not an address. Expected postgresql://user:password@host:5432/database.');
  });
});

describe('either database', () => {
  let db: Database;
  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());

  test('what is wrong with the work itself is not unavailability', async () => {
    const { id } = await db.prisma.community.create({ data: {} });
    const nobody = '00000000-0000-4000-8000-000000000000';
    const wrong = [
      db.prisma.community.create({ data: { id } }),
      db.prisma.member.create({ data: { communityId: nobody } }),
      db.prisma.member.update({ where: { id: nobody }, data: {} }),
      db.prisma.member.findUnique({ where: { id: 'not a uuid' } }),
      db.prisma.member.findMany({ where: { nothing: 1 } as object }),
      db.prisma.$queryRaw`SELECT nonsense`,
      db.prisma.$transaction(() => Promise.reject(new Error('our own mistake'))),
      db.pool.query('SELECT 1/0'),
    ];
    for (const error of await Promise.all(wrong.map(errorOf)))
      expect([error, isUnavailable(error)]).toEqual([expect.any(Error), false]);
    for (const value of [undefined, null, 'ECONNREFUSED', 57, {}, new TypeError('x')]) expect(isUnavailable(value)).toBe(false);
  });

  test('a transaction that takes too long is undone and given up, and the next one is served', async () => {
    const error = await errorOf(
      db.prisma.$transaction(
        async (tx) => {
          await tx.community.create({ data: { zone: 'Asia/Tokyo' } });
          await pause(400);
          await tx.community.count();
        },
        { timeout: 100 },
      ),
    );
    expect(isUnavailable(error)).toBe(true);
    expect(await db.prisma.community.count({ where: { zone: 'Asia/Tokyo' } })).toBe(0);
  });

  test('a transaction that waited too long for its turn leaves nothing behind', async () => {
    const long = Array.from({ length: db.pool.options.max ?? 1 }, () => db.prisma.$transaction(() => pause(600)));
    await pause(50);
    expect(isUnavailable(await errorOf(db.prisma.$transaction((tx) => tx.community.count(), { maxWait: 100 })))).toBe(true);
    await Promise.all(long);
    await db.prisma.$transaction((tx) => tx.community.count());
    await db.ping();
  });

  test('a closed database is unavailable', async () => {
    const closed = await testDatabase();
    await closed.close();
    expect(isUnavailable(await errorOf(closed.ping()))).toBe(true);
    expect(isUnavailable(await errorOf(closed.prisma.community.count()))).toBe(true);
  });
});

test('libraries wrap each other, in circles too', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED ::1:5432'), { code: 'ECONNREFUSED' });
  expect(isUnavailable(new AggregateError([refused]))).toBe(true);
  expect(isUnavailable(new Error('outer', { cause: new Error('inner', { cause: refused }) }))).toBe(true);
  const circle = new Error('circle');
  circle.cause = circle;
  expect(isUnavailable(circle)).toBe(false);
});
