import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { feedAddress, fetchFeed } from '../../../src/core/meetings/fetch-feed.js';
import { importFeed, REFRESH } from '../../../src/core/meetings/import.js';
import { parseFeed } from '../../../src/core/meetings/parse.js';
import { refreshSource } from '../../../src/core/meetings/refresh.js';
import { sourcesOf } from '../../../src/core/meetings/sources.js';
import { type TenantDb, tenantDb } from '../../../src/db/tenant.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';
import { GUIDE } from './feeds.js';

/** A server that answers as the test says. */
let answer: http.RequestListener = (_, response) => void response.end();
let asked: http.IncomingHttpHeaders[] = [];
let server: http.Server;
let url: string;
let testWorld: TestWorld;
let db: TenantDb;
const never = new AbortController().signal;

beforeAll(async () => {
  testWorld = await makeTestWorld();
  await testWorld.connect([]);
  server = http.createServer((request, response) => {
    asked.push(request.headers);
    answer(request, response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/meetings.json`;
});
afterAll(async () => {
  await testWorld?.close();
  server?.closeAllConnections();
  server?.close();
});

const gives =
  (value: unknown, headers: Record<string, string> = {}): http.RequestListener =>
  (_, response) =>
    void response.writeHead(200, headers).end(typeof value === 'string' ? value : JSON.stringify(value));
const many = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ slug: `m${i}`, name: `M ${i}`, day: 1, time: '19:00' }));

async function sourceWith(records: readonly unknown[]): Promise<string> {
  const { id } = await testWorld.database.prisma.community.create({ data: {} });
  db = tenantDb(testWorld.database.prisma, id);
  const source = { name: 'A list', url, zone: 'America/New_York', language: 'en' };
  const parsed = parseFeed(JSON.stringify(records), source);
  if (!parsed.ok) throw new Error(parsed.why);
  const work = { source, feed: parsed.feed, version: { etag: '"1"' }, nightZone: 'UTC', now: testWorld.clock.now() };
  const imported = await importFeed(db, work);
  asked = [];
  return (imported.ok && imported.sourceId) || '';
}
const known = async () => (await sourcesOf(db))[0];
const refresh = (id: string, now = testWorld.clock.now()) =>
  refreshSource(testWorld.world, { communityId: db.communityId, subjectId: id }, now, never);
const HOUR = 3_600_000;

describe('every night', () => {
  // The lists of all communities fall due in the same minute: the one of an earlier test would be asked for first.
  afterEach(async () => {
    await testWorld.database.prisma.meetingSource.deleteMany();
    await testWorld.database.prisma.dueWork.deleteMany();
  });

  test('what is the same is not sent again; what changed comes in', async () => {
    const id = await sourceWith(GUIDE);
    answer = (_, response) => void response.writeHead(304).end();
    await testWorld.passes(27 * HOUR);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ 'if-none-match': '"1"' });
    expect(await known()).toMatchObject({ id, failures: 0, etag: '"1"' });

    answer = gives(GUIDE.slice(1), { etag: '"2"', 'last-modified': 'Wed, 25 Nov 2026 10:00:00 GMT' });
    await testWorld.passes(24 * HOUR);
    expect(asked).toHaveLength(2);
    expect(await db.meeting.count()).toBe(6);
    expect(await known()).toMatchObject({ etag: '"2"', modified: 'Wed, 25 Nov 2026 10:00:00 GMT' });
    expect(testWorld.logged).toEqual([]);
  });

  test('a server that is away is asked ever more rarely, and what was there stays', async () => {
    const id = await sourceWith(GUIDE);
    answer = (_, response) => void response.writeHead(500).end('<html>');
    const now = testWorld.clock.now();
    const waits: number[] = [];
    for (let i = 0; i < 7; i++) {
      const { next, trouble } = await refresh(id, now);
      expect(trouble).toBe('refused');
      waits.push(((next?.getTime() ?? 0) - now.getTime()) / HOUR);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 24, 24]);
    expect(await db.meeting.count()).toBe(7);
    expect(await known()).toMatchObject({ failures: 7, trouble: 'refused' });
    answer = gives(GUIDE);
    expect((await refresh(id)).trouble).toBeUndefined();
    expect(await known()).toMatchObject({ failures: 0 });
    expect((await known())?.trouble).toBeUndefined();
  });

  test('the time that a server asks us to wait is kept', async () => {
    const id = await sourceWith(GUIDE);
    answer = (_, response) => void response.writeHead(429, { 'retry-after': '18000' }).end();
    const now = testWorld.clock.now();
    expect((await refresh(id, now)).next).toEqual(new Date(now.getTime() + 5 * HOUR));
  });

  test('an empty list is never believed; one that lost most of its meetings is in the third night', async () => {
    const id = await sourceWith(many(20));
    answer = gives([]);
    for (let night = 0; night < 5; night++) expect(await refresh(id)).toMatchObject({ trouble: 'lost' });
    expect(await db.meeting.count()).toBe(20);

    answer = gives(many(20));
    expect((await refresh(id)).trouble).toBeUndefined();
    answer = gives(many(4));
    expect([(await refresh(id)).trouble, (await refresh(id)).trouble]).toEqual(['lost', 'lost']);
    expect(await db.meeting.count()).toBe(20);
    expect((await refresh(id)).trouble).toBeUndefined();
    expect(await db.meeting.count()).toBe(4);
  });

  test('what is no list changes nothing, and the operator is told by a word in the log', async () => {
    await sourceWith(GUIDE);
    answer = gives('<html>We are moving</html>');
    await testWorld.passes(28 * HOUR);
    expect(await db.meeting.count()).toBe(7);
    expect(testWorld.logged).toContainEqual({ kind: REFRESH, subject: expect.any(String), trouble: 'unreadable' });
  });

  test('a list that was removed is asked for no more', async () => {
    const id = await sourceWith(GUIDE);
    await db.meetingSource.deleteMany();
    expect(await refresh(id)).toEqual({ next: null });
    expect(asked).toEqual([]);
  });

  test('a stop breaks it off, and it is due again', async () => {
    await sourceWith(GUIDE);
    const due = await db.dueWork.findFirstOrThrow();
    const reached = new Promise<void>((resolve) => {
      answer = () => resolve();
    });
    const engine = await testWorld.connect([]);
    testWorld.clock.advance(due.dueAt.getTime() - testWorld.clock.now().getTime());
    await engine.tick();
    await reached;
    expect((await db.dueWork.findFirstOrThrow()).wakeAt.getTime()).toBeGreaterThan(testWorld.clock.now().getTime());
    await testWorld.disconnect();
    const left = await db.dueWork.findFirstOrThrow();
    expect(left.wakeAt.getTime()).toBeLessThanOrEqual(testWorld.clock.now().getTime());
    expect(await known()).toMatchObject({ failures: 0 });

    answer = gives(GUIDE.slice(2));
    await testWorld.connect([]);
    await testWorld.leaps(0);
    expect(await db.meeting.count()).toBe(4);
  });
});

describe('asking for a list', () => {
  const limits = { bytes: 1_000, patience: 2_000, redirects: 2 };
  const ask = (at = url) => fetchFeed(at, {}, never, limits);

  test('too much is cut off', async () => {
    answer = gives('x'.repeat(1_001));
    expect(await ask()).toEqual({ ok: false, why: 'too-large' });
    answer = gives('x'.repeat(1_000));
    expect(await ask()).toMatchObject({ ok: true });
  });
  test('a server that begins and never ends is left', async () => {
    answer = (_, response) => void response.writeHead(200).write('[');
    expect(await fetchFeed(url, {}, never, { ...limits, patience: 200 })).toEqual({ ok: false, why: 'too-slow' });
  });
  test('redirects lead on within the web, and not for ever', async () => {
    answer = (request, response) => {
      if (request.url === '/there') gives('[]')(request, response);
      else void response.writeHead(302, { location: '/there' }).end();
    };
    expect(await ask()).toMatchObject({ ok: true, text: '[]' });
    answer = (_, response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    expect(await ask()).toEqual({ ok: false, why: 'refused' });
    answer = (_, response) => void response.writeHead(302, { location: '/again' }).end();
    expect(await ask()).toEqual({ ok: false, why: 'refused' });
  });
  test('nobody there', async () => {
    expect(await ask('http://127.0.0.1:1/')).toEqual({ ok: false, why: 'unreachable' });
  });
});

test.each([
  [
    'https://bmlt.test/main_server/',
    'https://bmlt.test/main_server/client_interface/json/?switcher=GetSearchResults&get_used_formats=1',
  ],
  [
    'https://bmlt.test/main_server/client_interface/json/?switcher=GetSearchResults&services=5',
    'https://bmlt.test/main_server/client_interface/json/?switcher=GetSearchResults&services=5&get_used_formats=1',
  ],
  ['https://aa.test/wp-admin/admin-ajax.php?action=meetings', 'https://aa.test/wp-admin/admin-ajax.php?action=meetings'],
  ['ftp://aa.test/x', undefined],
  ['meetings.json', undefined],
])('the address %s', (typed, address) => expect(feedAddress(typed)).toBe(address));
