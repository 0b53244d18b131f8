import { findResources } from '../../../src/core/resources/find.js';
import { importResources } from '../../../src/core/resources/import.js';
import { lookAtResource } from '../../../src/core/resources/look.js';
import { type Asked, searchOf } from '../../../src/core/resources/understand.js';
import type { Scope } from '../../../src/core/scope.js';
import { type TenantDb, tenantDb } from '../../../src/db/tenant.js';
import { type Database, testDatabase } from '../../support/db.js';
import { HSDS, recordsIn } from './list.js';

// Seven in the evening in Hartford, on a Wednesday.
const now = new Date('2026-11-26T00:00:00Z');
let database: Database;
let db: TenantDb;
let elsewhere: TenantDb;

async function community(list: readonly unknown[]): Promise<TenantDb> {
  const { id } = await database.prisma.community.create({ data: {} });
  const handle = tenantDb(database.prisma, id);
  await importResources(handle, { source: { name: 'List' }, records: recordsIn(list), now });
  return handle;
}
beforeAll(async () => {
  database = await testDatabase();
  db = await community(HSDS.contents);
  elsewhere = await community([
    { id: 'x', name: 'Harbor of another town', description: 'shelter', city: 'Hartford', state: 'CT' },
  ]);
});
afterAll(() => database.close());

async function found(asked: Asked, handle = db, skip = 0): Promise<readonly string[]> {
  const scope = { db: handle, now } as unknown as Scope;
  const { resources } = await findResources(scope, await searchOf(handle, asked), 5, skip);
  return resources.map(({ details }) => `${details.name} ${details.area ?? ''}`.trim());
}
const SHELTER = 'Harbor Night Shelter for Women Hartford, CT 06103';
const CLINIC = 'Elm Street Clinic New Britain, CT 06051';
const AUSTIN = 'Elm Street Clinic Austin, TX 78701';
const LAW = 'Tenant Law Line';

test.each([
  ['I need a place to sleep', [SHELTER]],
  ['refugio para mujeres', [SHELTER]],
  ['shelters womens', [SHELTER]],
  ['habor nigth sheltr', [SHELTER]],
  ['suboxon clinic near austin', [AUSTIN]],
  ['clínica de metadona en new britain', [CLINIC]],
  ['abogado por desalojo', [LAW]],
  ['xyzzyx qqqq', []],
])('%s', async (what, names) => {
  const first = await found({ what });
  expect(first.slice(0, names.length)).toEqual(names);
  if (names.length === 0) expect(first).toEqual([]);
});

test('a place is a city, a state by its code or name, a postal code or those around it, and miles around', async () => {
  expect(await found({ place: 'hartford' })).toEqual([SHELTER]);
  expect(await found({ place: 'Connecticut' })).toEqual(await found({ place: 'ct' }));
  expect(await found({ place: 'New Britain, CT' })).toEqual([CLINIC]);
  expect(await found({ place: 'hartfrod' })).toEqual([SHELTER]);
  expect(await found({ place: '06199' })).toEqual([SHELTER]);
  expect(await found({ place: 'hartford', within: 5 })).toEqual([SHELTER]);
  expect(await found({ place: 'hartford', within: 20 })).toEqual([SHELTER, CLINIC]);
  expect(await found({ place: 'nowhere' })).toEqual([]);
});

test('what must be so: kind, whom for, cost, language, open now', async () => {
  expect(await found({ category: 'legal' })).toEqual([LAW]);
  expect(await found({ who: 'women' })).toEqual([SHELTER]);
  expect(await found({ cost: 'medicaid', place: 'tx' })).toEqual([AUSTIN]);
  expect(await found({ language: 'es' })).toEqual([SHELTER]);
  // The clinic names no zone, so nobody knows whether it is open.
  expect(await found({ open: true })).toEqual([SHELTER]);
});

test('pages follow one another, and another community has nothing of it', async () => {
  const all = await found({});
  expect(all).toHaveLength(4);
  expect(all[0]).toBe(SHELTER);
  expect(await found({}, db, 3)).toEqual(all.slice(3));
  expect(await found({ what: 'harbor' }, elsewhere)).toEqual(['Harbor of another town Hartford, CT']);
  expect(await found({ what: 'methadone' }, elsewhere)).toEqual([]);
  // Slips are mended by words of this community only.
  expect(await elsewhere.resourceWord.count({ where: { word: 'tenant' } })).toBe(0);
  const [row] = await db.resource.findMany({ take: 1 });
  expect(await lookAtResource({ db: elsewhere } as unknown as Scope, row?.id ?? '')).toBeUndefined();
});
