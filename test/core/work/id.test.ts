import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { workId } from '../../../src/core/work/id.js';
import { cancel, plan } from '../../../src/core/work/plan.js';
import { tenantDb } from '../../../src/db/tenant.js';
import { type Database, testDatabase } from '../../support/db.js';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test('PostgreSQL makes the same id of the same work', async () => {
  const work = fc.record({ kind: fc.stringMatching(/^[a-z]+\.[a-z]+$/u), subjectId: fc.uuid() });
  const works = fc.sample(work, 200);
  const { rows } = await database.pool.query<{ id: string }>(
    `SELECT md5(kind || ':' || subject::text)::uuid AS id FROM unnest($1::text[], $2::uuid[]) WITH ORDINALITY AS w(kind, subject, n) ORDER BY n`,
    [works.map(({ kind }) => kind), works.map(({ subjectId }) => subjectId)],
  );
  expect(rows.map(({ id }) => id)).toEqual(works.map(workId));
});

test('the same work is one row, by whoever and however often it is planned; of another community it is neither moved nor forgotten', async () => {
  const [here, there] = await Promise.all(
    [0, 1].map(async () => tenantDb(database.prisma, (await database.prisma.community.create({ data: {} })).id)),
  );
  if (!here || !there) throw new Error('There are two.');
  const work = { kind: 'some.work', subjectId: randomUUID() };
  const [first, second] = [new Date('2030-01-01T08:00:00Z'), new Date('2030-01-02T08:00:00Z')];
  await Promise.all([plan(here, work, first), plan(here, work, first)]);
  await plan(here, work, second);
  await plan(there, work, first);
  await cancel(there, work);
  expect(await database.prisma.dueWork.findMany()).toMatchObject([{ ...work, dueAt: second, wakeAt: second }]);
  await cancel(here, work);
  expect(await database.prisma.dueWork.count()).toBe(0);
});
