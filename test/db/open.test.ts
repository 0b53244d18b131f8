import fs from 'node:fs';
import path from 'node:path';
import { DatabaseProblem } from '../../src/db/errors.js';
import { openDatabase } from '../../src/db/open.js';
import { openFolder } from '../../src/db/pglite.js';
import { type Database, layDatabase, memoryLog, testDatabase } from '../support/db.js';
import { temporaryFolder } from '../support/temporary.js';

const folder = temporaryFolder();

describe('either database', () => {
  let db: Database;
  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());

  test.each(['1970-01-01T00:00:00.000Z', '2026-03-29T00:59:59.999Z', '2026-03-29T01:00:00.000Z', '2026-11-01T05:30:00.000Z'])(
    'the instant %s comes back as it was, by every way',
    async (instant) => {
      const at = new Date(instant);
      const { id } = await db.prisma.community.create({ data: { setUpAt: at } });
      expect((await db.prisma.community.findUniqueOrThrow({ where: { id } })).setUpAt).toEqual(at);
      expect(await db.prisma.community.count({ where: { setUpAt: at } })).toBe(1);
      const { rows } = await db.pool.query('SELECT "setUpAt" AS at, "setUpAt"::text AS words FROM "Community" WHERE id = $1', [
        id,
      ]);
      expect(rows[0].at).toEqual(at);
      expect(rows[0].words).toContain(instant.slice(0, 10));
    },
  );

  test('bytes, JSON and every character come back as they were', async () => {
    const text = 'ñ 🌱 \u202e "\\ \u0001';
    const { id: communityId } = await db.prisma.community.create({
      data: { spaces: { create: { platform: 'slack', externalId: text } } },
    });
    const value = { text, list: [1.5, null, true] };
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    await db.prisma.setting.create({ data: { communityId, key: 'k', value } });
    await db.prisma.tap.create({ data: { id: 't', communityId, path: 'p', input: bytes } });
    expect((await db.prisma.space.findFirst())?.externalId).toBe(text);
    expect((await db.prisma.setting.findFirst())?.value).toEqual(value);
    expect((await db.prisma.tap.findFirst())?.input).toEqual(bytes);
  });

  test('many at once are all served', async () => {
    const { id: communityId } = await db.prisma.community.create({ data: {} });
    await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        index % 4 === 0
          ? db.prisma.$transaction(
              async (tx) => void (await tx.setting.create({ data: { communityId, key: `k${index}`, value: index } })),
            )
          : db.prisma.setting.create({ data: { communityId, key: `k${index}`, value: index } }),
      ),
    );
    expect(await db.prisma.setting.count({ where: { communityId } })).toBe(200);
  });

  test('a client that is thrown away inside a transaction leaves none open', async () => {
    const client = await db.pool.connect();
    await client.query('BEGIN');
    await client.query(`INSERT INTO "Community" (id, zone) VALUES (gen_random_uuid(), 'Antarctica/Troll')`);
    client.release(true);
    expect(await db.prisma.community.count({ where: { zone: 'Antarctica/Troll' } })).toBe(0);
  });
});

describe('a directory that is no database of ours', () => {
  const contents = (dir: string) => fs.readdirSync(dir).map((name) => [name, fs.readFileSync(path.join(dir, name), 'utf8')]);

  test.each([
    ['of another version', { PG_VERSION: '9\n' }],
    ['of something else', { 'letter.txt': 'dear' }],
  ])('%s is refused and left as it is', async (name, files) => {
    const dir = path.join(folder, name);
    fs.mkdirSync(dir);
    for (const [file, text] of Object.entries(files)) fs.writeFileSync(path.join(dir, file), text);
    const before = contents(dir);

    for (let time = 0; time < 2; time += 1) {
      const error = await openDatabase({ dir }, memoryLog()).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(DatabaseProblem);

      expect((error as Error).message).toContain(dir);
      expect(contents(dir)).toEqual(before);
    }
  });

  test('half-made ones are made anew', async () => {
    const dir = path.join(folder, 'half');
    fs.mkdirSync(`${dir}.unfinished`);
    fs.writeFileSync(path.join(`${dir}.unfinished`, 'PG_VERSION'), '');
    const db = await openDatabase({ dir }, memoryLog());
    await db.ping();
    await db.close();
    expect(fs.existsSync(`${dir}.unfinished`)).toBe(false);
  });
});

test('databases that tests are given begin empty, and do not write into each other', async () => {
  const [one, two] = [await testDatabase(), await testDatabase()];
  await one.prisma.community.createMany({ data: Array.from({ length: 2000 }, () => ({})) });
  const three = await testDatabase();
  for (const [database, count] of [
    [one, 2000],
    [two, 0],
    [three, 0],
  ] as const) {
    await database.pool.query('ANALYZE');
    expect(await database.prisma.community.count()).toBe(count);
    await database.close();
  }
});

test('a problem of the embedded database is logged without what it is about', async () => {
  const log = memoryLog();
  const dir = path.join(folder, 'troubled');
  layDatabase(dir);
  const { pool, close } = await openFolder(dir, log);
  const problem = Object.assign(new Error('Key (words)=(I drank) exists.'), { code: '23505', detail: 'I drank' });
  pool.emit('error', problem, {} as never);
  expect(log.lines).toEqual([
    { level: 'error', fields: { error: 'Error', code: '23505', at: expect.any(Array) }, message: expect.any(String) },
  ]);
  expect(JSON.stringify(log.lines)).not.toContain('drank');
  await close();
});
