import fc from 'fast-check';
import { findResources } from '../../../src/core/resources/find.js';
import { importResources } from '../../../src/core/resources/import.js';
import { resourceSourcesOf } from '../../../src/core/resources/sources.js';
import { type Asked, searchOf } from '../../../src/core/resources/understand.js';
import { rebuildWords } from '../../../src/core/resources/vocabulary.js';
import type { Scope } from '../../../src/core/scope.js';
import { type TenantDb, tenantDb } from '../../../src/db/tenant.js';
import { type Database, testDatabase } from '../../support/db.js';
import { recordsIn } from './list.js';
import { plainly } from './plain.js';

/** The index finds what looking at every service finds, in the same order. */

const now = new Date('2026-11-26T00:00:00Z');
const FRESH = '2026-05-30';
let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function community(): Promise<TenantDb> {
  const { id } = await database.prisma.community.create({ data: {} });
  return tenantDb(database.prisma, id);
}
async function bring(db: TenantDb, list: readonly unknown[], name = 'List') {
  const known = (await resourceSourcesOf(db)).find((source) => source.name === name);
  const identity = known ? { id: known.id } : {};
  return importResources(db, { ...identity, source: { name }, records: recordsIn(list), now, believe: true });
}
async function found(db: TenantDb, asked: Asked, size: number, skip = 0): Promise<readonly string[]> {
  const { resources } = await findResources({ db, now } as unknown as Scope, await searchOf(db, asked), size, skip);
  return resources.map(({ id }) => id);
}
async function plain(db: TenantDb, asked: Asked): Promise<readonly string[]> {
  const rows = await db.resource.findMany({ where: { retiredAt: null } });
  return plainly(rows, await searchOf(db, asked), FRESH);
}

const WORDS = ['Shelter', 'Clinic', 'Methadone', 'Women', 'Legal', 'Harbor', 'Housing', 'Veterans', 'Detox', 'Free'];
const CITIES = ['Hartford', 'New Britain', 'Austin', 'Farville'];
const words = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }).map((some) => some.join(' '));
const service = fc.record({
  name: words,
  description: words,
  at: fc.nat(CITIES.length - 1),
  north: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
  assured: fc.option(fc.constantFrom('2026-11-01', '2026-06-01', '2024-01-01'), { nil: undefined }),
  checked: fc.option(fc.constantFrom('2026-10-01', '2020-01-01'), { nil: null }),
  isPinned: fc.boolean(),
});
const asks: fc.Arbitrary<Asked> = fc.record(
  {
    what: fc.oneof(
      words,
      words.map((text) => `${text} near Hartfrod`),
    ),
    place: fc.constantFrom('hartford', 'ct', 'New Britain, CT', '06103', 'nowhere'),
    category: fc.constantFrom('housing', 'legal', 'treatment'),
    within: fc.constantFrom(5, 30),
  },
  { requiredKeys: [] },
);

test('on any list, for any question, page by page', async () => {
  const db = await community();
  const other = await community();
  await fc.assert(
    fc.asyncProperty(
      fc.array(service, { maxLength: 30 }),
      fc.array(asks, { minLength: 4, maxLength: 4 }),
      async (list, asked) => {
        const records = list.map(({ name, description, at, north, assured }, i) => ({
          ...{ id: `s${i}`, name, description, assured_date: assured },
          service_at_locations: [
            {
              location: {
                id: 'l',
                ...(north !== undefined && { latitude: 41 + north / 100, longitude: -72 - north / 90 }),
                addresses: [{ city: CITIES[at], state_province: at === 2 ? 'TX' : 'CT', postal_code: `0610${at}` }],
              },
            },
          ],
        }));
        await bring(db, records);
        for (const [i, { checked, isPinned }] of list.entries())
          await db.resource.updateMany({
            where: { key: `s${i}@l` },
            data: { checkedOn: checked, pinnedAt: isPinned && i % 3 === 0 ? now : null },
          });
        for (const one of asked) {
          const whole = await plain(db, one);
          expect(await found(db, one, 50)).toEqual(whole);
          expect(await found(db, one, 3, 2)).toEqual(whole.slice(2, 5));
        }
        expect(await found(other, asked[0] ?? {}, 5)).toEqual([]);
      },
    ),
    { numRuns: 12 },
  );
}, 120_000);

test('a word that thousands have, and no word at all', async () => {
  const db = await community();
  const many = Array.from({ length: 2_600 }, (_, i) => ({
    ...{ id: `s${i}`, name: `Service ${(i * 7) % 2_600}`, description: i % 2 ? 'Detox' : 'Detox by the sea' },
    ...{ assured_date: i % 5 === 0 ? '2026-11-01' : undefined, state: i % 7 === 0 ? 'TX' : 'CT' },
  }));
  await bring(db, many);
  const [first] = await db.resource.findMany({ where: { key: 's1300' } });
  await db.resource.updateMany({ where: { id: first?.id ?? '' }, data: { pinnedAt: now } });
  for (const asked of [{ what: 'detox' }, {}, { what: 'detox', place: 'ct' }, { what: 'detox sea' }]) {
    const whole = await plain(db, asked);
    expect(await found(db, asked, 6)).toEqual(whole.slice(0, 6));
    expect(await found(db, asked, 6, 495)).toEqual(whole.slice(495, 501));
  }
  const [pinned] = await found(db, { what: 'detox' }, 1);
  expect(pinned).toBe(first?.id);
}, 60_000);

test('numbers stay, those of what is gone are not given again while there are few, and what has none yet gets one', async () => {
  const [db, other] = [await community(), await community()];
  const list = Array.from({ length: 5 }, (_, i) => ({ id: `s${i}`, name: `Shelter ${i}` }));
  await bring(db, list);
  await bring(other, list.slice(0, 2));
  const numbers = async (of: TenantDb) => (await of.resource.findMany({ orderBy: { key: 'asc' } })).map(({ no }) => no);
  expect([await numbers(db), await numbers(other)]).toEqual([
    [0, 1, 2, 3, 4],
    [0, 1],
  ]);
  await bring(db, [{ id: 'x', name: 'Harbor' }], 'Other');
  expect((await numbers(db)).at(-1)).toBe(5);
  // As services are that came before there were numbers, or that somebody added by hand.
  const before = await other.resourceWord.findMany({ orderBy: { word: 'asc' } });
  await db.resource.updateMany({ data: { no: null } });
  await db.resourceWord.deleteMany({});
  expect(await found(db, { what: 'harbor' }, 5)).toHaveLength(1);
  expect((await numbers(db)).toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
  // Far apart, they are drawn together.
  await db.resource.updateMany({ where: { key: 's3' }, data: { no: 5_000_000 } });
  await db.transact((tx) => rebuildWords(tx));
  expect(Math.max(...(await numbers(db)).map(Number))).toBe(5);
  expect(await found(db, { what: 'shelter' }, 9)).toHaveLength(5);
  expect(await other.resourceWord.findMany({ orderBy: { word: 'asc' } })).toEqual(before);
  expect(await numbers(other)).toEqual([0, 1]);
});
