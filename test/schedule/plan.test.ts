import type { Prisma } from '../../src/db/generated/client.js';
import { dueKindRows, dueRows, movedRows } from '../../src/schedule/claim.js';
import { sentRows } from '../../src/schedule/sent.js';
import { type Database, testDatabase } from '../support/db.js';
import { community } from './support/world.js';

const NOW = new Date('2030-01-01T08:00:00Z');

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** How the database would read tables, without functions and parts of the statement itself. */
async function scansOf({ text, values }: Prisma.Sql): Promise<string[]> {
  const { rows } = await database.pool.query(`EXPLAIN (FORMAT JSON) ${text}`, values as unknown[]);
  const types = JSON.stringify(rows).matchAll(/"Node Type":\s*"([^"]*Scan)"/gu);
  return [...types].flatMap(([, type = '']) => (/^(?:Function|Subquery)/u.test(type) ? [] : [type]));
}

test('among twenty thousand rows, what is due is found and moved on by indexes alone', async () => {
  await database.pool.query(
    `INSERT INTO "DueWork" ("id", "communityId", "kind", "subjectId", "dueAt", "wakeAt")
     SELECT gen_random_uuid(), $1, 'prompt', gen_random_uuid(), at, at
     FROM generate_series(1, 20000) AS n, LATERAL (SELECT $2::timestamptz + n * interval '1 s') AS t(at)`,
    [await community(database), NOW],
  );
  await database.pool.query('ANALYZE "DueWork"');
  expect(await scansOf(dueRows(NOW, ['prompt'], 500))).toEqual(['Index Scan']);
  expect(await scansOf(dueKindRows(NOW))).toEqual(['Index Scan']);
  const rows = await database.prisma.dueWork.findMany({ take: 500, select: { id: true } });
  expect(await scansOf(movedRows(rows.map(({ id }) => ({ id, at: NOW }))))).toEqual(['Index Scan']);
});

test('among twenty thousand messages, what was sent is written down by an index alone', async () => {
  await database.pool.query(
    `INSERT INTO "Delivery" ("id", "communityId", "kind", "subjectId", "platform", "once", "dueAt", "expiresAt", "rank")
     SELECT gen_random_uuid(), $1, 'prompt', gen_random_uuid(), 'discord', n::text, $2, $2, 0 FROM generate_series(1, 20000) AS n`,
    [await community(database), NOW],
  );
  await database.pool.query('ANALYZE "Delivery"');
  const rows = await database.prisma.delivery.findMany({ take: 12, select: { id: true } });
  expect(await scansOf(sentRows(rows.map(({ id }) => ({ id, ref: id, at: NOW }))))).toEqual(['Index Scan']);
});
