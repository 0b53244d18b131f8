import { importResources } from '../../../src/core/resources/import.js';
import { bringSampleServices } from '../../../src/core/resources/sample.js';
import { removeResourceSource, resourceSourcesOf } from '../../../src/core/resources/sources.js';
import type { Scope } from '../../../src/core/scope.js';
import { type TenantDb, tenantDb } from '../../../src/db/tenant.js';
import { wordsFor } from '../../../src/words/index.js';
import { type Database, testDatabase } from '../../support/db.js';
import { HSDS, recordsIn } from './list.js';

const now = new Date('2026-11-25T12:00:00Z');
let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function community(): Promise<TenantDb> {
  const { id } = await database.prisma.community.create({ data: {} });
  return tenantDb(database.prisma, id);
}
const rows = (db: TenantDb) => db.resource.findMany({ orderBy: { key: 'asc' } });
async function bring(db: TenantDb, list: readonly unknown[] | AsyncIterable<unknown>, more: object = {}, name = 'County') {
  const known = (await resourceSourcesOf(db)).find((one) => one.name === name);
  const records = Symbol.asyncIterator in list ? list : recordsIn(list);
  return importResources(db, { ...(known && { id: known.id }), source: { name, licence: 'CC BY 4.0' }, records, now, ...more });
}

test('new ones come, changed ones keep their id, what is gone is retired and comes back as itself; the same again does nothing', async () => {
  const db = await community();
  const done = await bring(db, HSDS.contents);
  expect(done).toMatchObject({ ok: true, report: { records: 6, added: 4, changed: 0, retired: 0, unchanged: 0 } });
  expect(done.ok && [...done.report.skipped.keys()].sort()).toEqual(['duplicate', 'inactive', 'no-name']);
  expect(done.ok && done.report.skipped.get('duplicate')).toEqual({ count: 1, examples: [5] });
  const before = await rows(db);
  expect(before.map(({ key }) => key)).toEqual(['bed@l1', 'law', 'moud@l2', 'moud@l3']);
  const words = await db.resourceWord.count();

  expect(
    await bring(
      db,
      HSDS.contents.toReversed().filter(({ name }) => name !== 'Tenant Law Line again'),
    ),
  ).toMatchObject({ report: { unchanged: 4, changed: 0, added: 0 } });
  expect(await rows(db)).toEqual(before);
  expect(await db.resourceWord.count()).toBe(words);

  const [bed, , law] = HSDS.contents;
  expect(await bring(db, [bed, { ...law, description: 'New words' }])).toMatchObject({
    report: { changed: 1, retired: 2, unchanged: 1 },
  });
  const after = await rows(db);
  expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  expect(after.map(({ retiredAt }) => retiredAt !== null)).toEqual([false, false, true, true]);
  expect(await db.resourceWord.count({ where: { word: '~moud' } })).toBe(0);

  expect(await bring(db, HSDS.contents)).toMatchObject({ report: { changed: 3, added: 0, unchanged: 1 } });
  expect((await rows(db)).every(({ retiredAt }) => retiredAt === null)).toBe(true);
});

test('what the community took out is not brought back by its source, nor by one that lost it in between', async () => {
  const db = await community();
  await bring(db, HSDS.contents);
  await db.resource.updateMany({ where: { key: 'law' }, data: { retiredAt: now, retiredBy: 'community' } });
  const [bed, clinic, law] = HSDS.contents;
  expect(await bring(db, [bed, clinic, { ...law, description: 'New words' }])).toMatchObject({
    report: { changed: 1, retired: 0, unchanged: 3 },
  });
  const out = () => db.resource.findFirstOrThrow({ where: { key: 'law' } });
  expect(await out()).toMatchObject({ retiredBy: 'community', retiredAt: now, details: { description: 'New words' } });
  expect(await bring(db, [bed, clinic])).toMatchObject({ report: { retired: 0, unchanged: 3 } });
  await bring(db, HSDS.contents);
  expect(await out()).toMatchObject({ retiredBy: 'community', retiredAt: now });
  expect(await db.resource.count({ where: { retiredAt: null } })).toBe(3);
});

test('a dry run tells the same and changes nothing', async () => {
  const db = await community();
  expect(await bring(db, HSDS.contents, { dryRun: true })).toMatchObject({ report: { added: 4 } });
  expect([await db.resourceSource.count(), await db.resource.count(), await db.resourceWord.count()]).toEqual([0, 0, 0]);
});

test('lists stay apart, a list that lost most is doubted, and one that breaks on the way leaves everything as it was', async () => {
  const [db, other] = [await community(), await community()];
  const many = Array.from({ length: 1_100 }, (_, i) => ({ id: `s${i}`, name: `Service ${i}` }));
  await bring(db, HSDS.contents);
  await bring(other, HSDS.contents);
  await bring(db, many, {}, 'Many');
  const before = [await rows(db), await resourceSourcesOf(db), await db.resourceWord.findMany({ orderBy: { word: 'asc' } })];
  async function* broken() {
    yield* many.map((one) => ({ ...one, description: 'changed' })).slice(0, 700);
    yield { id: 'new', name: 'New' };
    throw new Error('cut off');
  }
  await expect(bring(db, broken(), {}, 'Many')).rejects.toThrow('cut off');
  expect(await bring(db, many.slice(0, 100), {}, 'Many')).toEqual({ ok: false, why: 'lost', before: 1_100, after: 100 });
  expect([await rows(db), await resourceSourcesOf(db), await db.resourceWord.findMany({ orderBy: { word: 'asc' } })]).toEqual(
    before,
  );

  expect(await bring(db, many.slice(0, 100), { believe: true }, 'Many')).toMatchObject({ report: { retired: 1_000 } });
  expect(await db.resource.count({ where: { retiredAt: null } })).toBe(104);
  const [, source] = await resourceSourcesOf(db);
  await removeResourceSource(db, source?.id ?? '');
  expect([await db.resource.count(), await other.resource.count()]).toEqual([4, 4]);
}, 60_000);

test('made-up services come once, whoever asks for them at the same moment, in whatever language', async () => {
  const db = await community();
  const scope = { db, community: { id: db.communityId, zone: 'UTC' }, now } as unknown as Scope;
  await Promise.all(['en', 'en', 'es', 'es'].map((language) => bringSampleServices(scope, wordsFor(language))));
  expect(await resourceSourcesOf(db)).toHaveLength(1);
  expect(await rows(db)).toHaveLength(6);
});
