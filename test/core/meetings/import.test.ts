import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { nextNight } from '../../../src/core/daily/night.js';
import { isDoubtful } from '../../../src/core/lists/changes.js';
import { importFeed, REFRESH } from '../../../src/core/meetings/import.js';
import { type Feed, parseFeed } from '../../../src/core/meetings/parse.js';
import { bringSample } from '../../../src/core/meetings/sample.js';
import { removeSource, sourcesOf } from '../../../src/core/meetings/sources.js';
import type { Scope } from '../../../src/core/scope.js';
import { type TenantDb, tenantDb } from '../../../src/db/tenant.js';
import { wordsFor } from '../../../src/words/index.js';
import { type Database, testDatabase } from '../../support/db.js';
import { describeWithShared, sharedData } from '../../support/shared.js';
import { BMLT, GUIDE } from './feeds.js';

const now = new Date('2026-11-25T12:00:00Z');
const ZONE = 'America/New_York';
let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function community(): Promise<TenantDb> {
  const { id } = await database.prisma.community.create({ data: {} });
  return tenantDb(database.prisma, id);
}
function feedOf(value: unknown): Feed {
  const parsed = parseFeed(typeof value === 'string' ? value : JSON.stringify(value), { zone: ZONE, language: 'en' });
  if (!parsed.ok) throw new Error(parsed.why);
  return parsed.feed;
}
const source = { name: 'A list', url: 'https://lists.test/meetings.json', zone: ZONE, language: 'en' };
const work = { source, nightZone: 'UTC', now };
const rows = (db: TenantDb) => db.meeting.findMany({ orderBy: { key: 'asc' } });

async function imported(db: TenantDb, value: unknown, more: object = {}) {
  const [known] = await sourcesOf(db);
  return importFeed(db, { ...work, feed: feedOf(value), ...(known && { id: known.id }), ...more });
}

test('what is new comes, what changed changes and keeps its id, what is gone goes, and the same again does nothing', async () => {
  const db = await community();
  const first = await imported(db, GUIDE);
  expect(first).toMatchObject({ ok: true, changes: { added: 7, changed: 0, removed: 0, unchanged: 0 } });
  const before = await rows(db);

  expect(await imported(db, [...GUIDE].reverse())).toMatchObject({ changes: { added: 0, changed: 0, removed: 0, unchanged: 7 } });
  expect(await rows(db)).toEqual(before);

  const later = GUIDE.filter(({ slug }) => slug !== 'withheld').map((one) =>
    one.slug === 'sunrise-1' ? { ...one, time: '07:30' } : one,
  );
  const third = await imported(db, [...later, { slug: 'new', name: 'New', day: 5, time: '18:00' }]);
  expect(third).toMatchObject({ changes: { added: 1, changed: 1, removed: 1, unchanged: 5 } });
  const after = await rows(db);
  expect(after.map(({ key }) => key)).toEqual([
    'by-appointment',
    'closed-room',
    'new',
    'online-late',
    'sunrise-1',
    'two-days@2.1140',
    'two-days@4.1140',
  ]);
  const [was, is] = [before, after].map((all) => all.find(({ key }) => key === 'sunrise-1'));
  expect(is?.id).toBe(was?.id);
  expect([was?.minute, is?.minute]).toEqual([1440 + 420, 1440 + 450]);
});

test('a dry run tells the same and changes nothing, not even that there is a list', async () => {
  const db = await community();
  expect(await imported(db, GUIDE, { dryRun: true })).toMatchObject({ sourceId: undefined, changes: { added: 7 } });
  expect([await db.meetingSource.count(), await db.meeting.count(), await db.dueWork.count()]).toEqual([0, 0, 0]);
});

test('an import that fails on the way leaves everything as it was', async () => {
  const db = await community();
  await imported(db, GUIDE);
  const before = [await rows(db), await sourcesOf(db)];
  const good = feedOf([...BMLT.meetings]);
  const [meeting] = good.meetings;
  // More than one statement, the last of which the database refuses.
  const many = Array.from({ length: 1_200 }, (_, i) => ({ ...meeting, key: `m${i}`, minute: i === 1_199 ? 2 ** 40 : 60 }));
  await expect(imported(db, GUIDE, { feed: { ...good, meetings: many } })).rejects.toThrow();
  expect([await rows(db), await sourcesOf(db)]).toEqual(before);
});

test('two imports at once end with one of the two', async () => {
  const db = await community();
  await imported(db, GUIDE);
  const other = [...GUIDE.slice(1), { slug: 'other', name: 'Other', day: 1, time: '10:00' }];
  await Promise.all([imported(db, other), imported(db, GUIDE), imported(db, other), imported(db, GUIDE)]);
  const keys = (await rows(db)).map(({ key }) => key);
  expect([keys.includes('other'), keys.includes('sunrise-1')].filter(Boolean)).toHaveLength(1);
  expect(keys).toHaveLength(7);
});

test('a list that lost most of its meetings is not believed, unless somebody says so', async () => {
  const db = await community();
  const many = Array.from({ length: 20 }, (_, i) => ({ slug: `m${i}`, name: `M ${i}`, day: 1, time: '19:00' }));
  await imported(db, many);
  expect(await imported(db, many.slice(0, 9))).toEqual({ ok: false, why: 'lost', before: 20, after: 9 });
  expect(await imported(db, [])).toEqual({ ok: false, why: 'lost', before: 20, after: 0 });
  expect(await db.meeting.count()).toBe(20);
  expect(await imported(db, many.slice(0, 9), { believe: true })).toMatchObject({ changes: { removed: 11 } });
  expect([isDoubtful(0, 0), isDoubtful(9, 1), isDoubtful(1, 0), isDoubtful(10, 5), isDoubtful(10, 4)]).toEqual([
    false,
    false,
    true,
    false,
    true,
  ]);
});

test('a list with an address is looked at again every night, at night; one from a file is not', async () => {
  const db = await community();
  const found = await imported(db, GUIDE);
  const [known] = await sourcesOf(db);
  const [due] = await db.dueWork.findMany();
  expect(due).toMatchObject({ kind: REFRESH, subjectId: known?.id });
  expect(found).toMatchObject({ sourceId: known?.id });
  const hour = due?.dueAt.getUTCHours() ?? 0;
  expect(hour >= 2 && hour < 5).toBe(true);

  const { url: _, ...file } = source;
  await importFeed(db, { ...work, source: { ...file, name: 'From a file' }, feed: feedOf(BMLT) });
  expect(await db.dueWork.count()).toBe(1);
  expect((await sourcesOf(db)).map(({ name }) => name)).toEqual(['A list', 'From a file']);

  await removeSource(db, known?.id ?? '');
  expect(await db.dueWork.count()).toBe(0);
  expect(await db.meeting.count()).toBe(3);
});

test.each(['America/New_York', 'Asia/Kolkata', 'Pacific/Apia'])('the next night in %s is a night, and another one', (zone) => {
  for (let hours = 0; hours < 24 * 8; hours += 5) {
    const from = new Date(Date.parse('2026-10-28T00:00:00Z') + hours * 3_600_000);
    const at = nextNight(`source ${hours}`, zone, from);
    const local = Number(new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone: zone }).format(at));
    expect(local >= 2 && local < 5).toBe(true);
    const wait = at.getTime() - from.getTime();
    expect(wait > 3 * 3_600_000 && wait <= 28 * 3_600_000).toBe(true);
  }
});

test('one community neither sees nor touches the lists of another', async () => {
  const [mine, theirs] = [await community(), await community()];
  await imported(mine, GUIDE);
  await imported(theirs, GUIDE);
  const [other] = await sourcesOf(theirs);
  expect(await removeSource(mine, other?.id ?? '')).toBe(false);
  await expect(importFeed(mine, { ...work, id: other?.id ?? '', feed: feedOf([]), believe: true })).rejects.toThrow();
  expect([await mine.meeting.count(), await theirs.meeting.count()]).toEqual([7, 7]);
});

/** What cannot be parsed changes nothing; what can is there entirely. */
test('broken feeds are taken over whole or not at all', async () => {
  const db = await community();
  await imported(db, GUIDE);
  const text = JSON.stringify(GUIDE);
  for (let round = 0; round < 40; round++) {
    const at = Math.floor((round / 40) * text.length);
    const parsed = parseFeed(text.slice(0, at) + ['\u0000', '\ud83d', '9', '"', ''][round % 5] + text.slice(at + 1), {
      zone: ZONE,
      language: 'en',
    });
    const before = await rows(db);
    if (!parsed.ok) continue;
    const result = await imported(db, GUIDE, { feed: parsed.feed });
    const keys = (await rows(db)).map(({ key }) => key).toSorted();
    expect(keys).toEqual((result.ok ? parsed.feed.meetings : before).map(({ key }) => key).toSorted());
  }
});

describeWithShared('every real feed', () => {
  test('comes in, and comes in again without a change', async () => {
    const db = await community();
    const folder = sharedData('meetings', 'feeds');
    const feeds = readdirSync(folder).filter((name) => name.endsWith('.json'));
    const files = [
      ...feeds.map((name) => path.join(folder, name)),
      sharedData('meetings', 'bmlt', 'bmlt_gny_GetSearchResults.json'),
    ];
    for (const file of files) {
      const name = path.basename(file);
      const feed = feedOf(readFileSync(file, 'utf8'));
      const { url: _, ...rest } = source;
      const list = { ...work, source: { ...rest, name }, feed };
      const first = await importFeed(db, list);
      expect(first).toMatchObject({ changes: { added: feed.meetings.length, changed: 0, removed: 0 } });
      const id = first.ok ? first.sourceId : undefined;
      expect(await importFeed(db, { ...list, ...(id !== undefined && { id }) })).toMatchObject({
        changes: { added: 0, changed: 0, removed: 0, unchanged: feed.meetings.length },
      });
    }
  });
});

test('made-up meetings come once, whoever asks for them at the same moment, in whatever language', async () => {
  const db = await community();
  const scope = { db, community: { id: db.communityId, zone: 'UTC' }, now } as unknown as Scope;
  await Promise.all(['en', 'en', 'es', 'es'].map((language) => bringSample(scope, wordsFor(language))));
  expect(await sourcesOf(db)).toHaveLength(1);
  expect(await rows(db)).toHaveLength(49);
});
