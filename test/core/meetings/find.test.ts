import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { findMeetings } from '../../../src/core/meetings/find.js';
import { importFeed } from '../../../src/core/meetings/import.js';
import type { Cursor } from '../../../src/core/meetings/order.js';
import { parseFeed } from '../../../src/core/meetings/parse.js';
import { GRACE, type Search } from '../../../src/core/meetings/search.js';
import { type Source, sourcesOf } from '../../../src/core/meetings/sources.js';
import { readLoosely, searchOf } from '../../../src/core/meetings/understand.js';
import { enter } from '../../../src/core/members/enter.js';
import type { Scope } from '../../../src/core/scope.js';
import { nextWeekly } from '../../../src/time/weekly.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';
import { BMLT, GUIDE } from './feeds.js';

const ZONES = ['America/New_York', 'America/Los_Angeles', 'Europe/London', 'Asia/Kolkata', 'Australia/Lord_Howe'];
let testWorld: TestWorld;
let scope: Scope;
let sources: readonly Source[];

/** Six hundred meetings all over the week, in five zones, many at the same time. */
const many = Array.from({ length: 600 }, (_, i) => ({
  ...{
    slug: `m${i}`,
    name: `Meeting ${i}`,
    day: i % 7,
    time: `${String((i * 5) % 24).padStart(2, '0')}:${i % 3 === 0 ? '30' : '00'}`,
  },
  ...{ timezone: ZONES[i % ZONES.length], types: i % 4 === 0 ? ['O', 'W'] : ['C'], city: i % 10 === 0 ? 'Déjà Vu' : 'Elsewhere' },
  ...(i % 6 === 0 ? { conference_url: `https://zoom.us/j/${i}` } : {}),
}));

async function bring(name: string, feed: unknown): Promise<void> {
  const source = { name, zone: 'America/New_York', language: 'en' };
  const parsed = parseFeed(JSON.stringify(feed), source);
  if (!parsed.ok) throw new Error(parsed.why);
  await importFeed(scope.db, { source, feed: parsed.feed, nightZone: 'UTC', now: scope.now });
}

beforeAll(async () => {
  testWorld = await makeTestWorld();
  const caller = { platform: 'playground' as const, userId: 'ana', zone: 'Europe/London', space: { id: 'playground' } };
  scope = await enter(testWorld.world, caller, new Date('2026-11-25T12:00:00Z'));
  await bring('Many', many);
  await bring('Guide', GUIDE);
  await bring('NA here', BMLT);
  sources = await sourcesOf(scope.db);
});
afterAll(() => testWorld.close());

const at = (now: string | number): Scope => ({ ...scope, now: new Date(now) });

async function all(here: Scope, search: Search, size = 5) {
  const found: { id: string; start?: Date; name: string }[] = [];
  let after: Cursor | undefined;
  do {
    const page = await findMeetings(here, search, sources, size, after);
    found.push(...page.meetings.map(({ id, start, details }) => ({ id, name: details.name, ...(start && { start }) })));
    after = page.next;
  } while (after);
  return found;
}
const names = async (here: Scope, asked: Parameters<typeof searchOf>[1]) =>
  (await findMeetings(here, searchOf(here, asked, sources), sources, 5)).meetings.map(({ details }) => details.name);

/** Every row, its next occurrence, and the windows: no index, no ranges. */
async function oracle(search: Search) {
  const rows = await scope.db.meeting.findMany();
  const origin = Temporal.Instant.fromEpochMilliseconds(search.windows[0]?.from ?? 0);
  return rows
    .filter(({ isOnline, isInPerson }) => isOnline || isInPerson)
    .flatMap(({ id, minute, zone }) => (minute === null ? [] : [{ id, at: nextWeekly(minute, zone, origin).epochMilliseconds }]))
    .filter(({ at }) => search.windows.some(({ from, to }) => at >= from && at < to))
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

test('page by page, it is what somebody finds who looks at every meeting, also around a change of clocks', async () => {
  const wishes = ['', 'now', 'tonight', 'sunday', 'weekend mornings', 'tomorrow evening', '7'];
  const moments = [
    '2026-10-31T20:10:00Z',
    '2026-11-01T05:45:00Z',
    '2027-03-13T23:00:00Z',
    '2027-03-14T09:05:00Z',
    '2027-03-28T00:50:00Z',
    '2026-11-25T12:00:00Z',
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...moments),
      fc.constantFrom(...wishes),
      fc.integer({ min: 0, max: 300 }),
      async (moment, wish, minutes) => {
        const here = at(Date.parse(moment) + minutes * 60_000);
        const search = { ...searchOf(here, wish === '' ? {} : { day: wish }, sources), appointments: false };
        const found = await all(here, search, 60);
        expect(found.map(({ id, start }) => ({ id, at: start?.getTime() }))).toEqual(await oracle(search));
      },
    ),
    { numRuns: 14 },
  );
});

test('a meeting is found until a quarter of an hour after it began, and then again next week', async () => {
  const wish = { place: 'sunrise' };
  // Mondays at 7:00 in New York.
  const next = async (now: string) => (await all(at(now), searchOf(at(now), wish, sources)))[0]?.start?.toISOString();
  expect(await next('2026-11-30T12:15:00Z')).toBe('2026-11-30T12:00:00.000Z');
  expect(await next('2026-11-30T12:15:01Z')).toBe('2026-12-07T12:00:00.000Z');
  expect(GRACE).toBe(15);
});

test('the next page goes on where the last one ended, although time went on', async () => {
  const here = at('2026-11-25T12:00:00Z');
  const first = await findMeetings(here, searchOf(here, {}, sources), sources, 5);
  const later = at('2026-11-25T12:20:00Z');
  const second = await findMeetings(later, searchOf(later, {}, sources), sources, 5, first.next);
  const ids = [...first.meetings, ...second.meetings].map(({ id }) => id);
  expect(new Set(ids).size).toBe(10);
});

test('by place, kind, language, list, and how it is held', async () => {
  expect(await all(scope, searchOf(scope, { place: 'deja' }, sources), 100)).toHaveLength(60);
  expect(await names(scope, { type: 'beginners' })).toEqual(['First Step']);
  expect(await names(scope, { type: 'Costumbre local' })).toEqual(['First Step']);
  expect(await names(scope, { type: 'zzz' })).toEqual(['Night Owls']);
  expect(await names(scope, { language: 'español' })).toEqual(['Sábado', 'Night Owls']);
  expect((await names(scope, { source: 'na' })).toSorted()).toEqual(['Both', 'First Step', 'Sábado']);
  expect(await names(scope, { how: 'online', source: 'guide' })).toEqual(['Night Owls', 'Ask First']);
  const inPerson = await names(scope, { how: 'in-person', source: 'guide' });
  expect(inPerson).toEqual(['Two Days', 'Sunrise & Coffee', 'Two Days', 'By Appointment']);
});

test('what is held nowhere for now is not found; what has no time comes last, and not when a time is asked for', async () => {
  const found = await all(scope, searchOf(scope, { source: 'guide' }, sources));
  expect(found.map(({ name }) => name)).not.toContain('Closed Room');
  expect(found.at(-1)).toEqual({ id: expect.any(String), name: 'By Appointment' });
  const timed = await all(scope, searchOf(scope, { source: 'guide', day: 'weekend' }, sources));
  expect(timed.map(({ name }) => name)).not.toContain('By Appointment');
});

test.each([
  [{ day: 'whenever' }, 'meeting.unknown.when'],
  [{ type: 'nothing like it' }, 'meeting.unknown.type'],
  [{ language: 'klingonish' }, 'meeting.unknown.language'],
  [{ source: 'nobody' }, 'meeting.unknown.source'],
])('%j is answered with what can be said', (asked, key) => {
  expect(() => searchOf(scope, asked, sources)).toThrow(expect.objectContaining({ key }));
});

test.each([
  ['tonight boston', { place: 'boston' }, { ahead: [0] }],
  ['online', { how: 'online' }, {}],
  ['spanish online', { how: 'online', language: 'spanish' }, {}],
  ['tomorrow women', { type: 'women' }, { ahead: [1] }],
  ['mañana en línea', { how: 'online' }, { ahead: [1] }],
  ['presencial en Madrid', { how: 'in-person', place: 'madrid' }, {}],
])('“%s” without names is understood', (place, asked, wish) => {
  const read = readLoosely({ place }, sources);
  expect(Object.fromEntries(Object.entries(read?.asked ?? {}).filter(([, value]) => value !== undefined))).toEqual(asked);
  expect(read?.wish).toMatchObject(wish);
});
test('words that are only a place are only a place', () => {
  expect(readLoosely({ place: 'Boston Common' }, sources)).toBeUndefined();
});
