import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { detailsOf, sealChanges, sealDetails } from '../../../src/core/sessions/details.js';
import { ensureOccurrence } from '../../../src/core/sessions/ensure.js';
import { datesOf, type Exception, type SessionRule } from '../../../src/core/sessions/occurrences.js';
import { tenantDb } from '../../../src/db/tenant.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

const WEEK = 7 * 24 * 3_600_000;
const tuesdays: SessionRule = {
  rrule: 'FREQ=WEEKLY;BYDAY=TU',
  start: '2026-03-03',
  time: '19:00',
  zone: 'America/New_York',
  minutes: 60,
  skips: [],
  state: 'active',
};
const at = (text: string) => new Date(text);
const starts = (rule: SessionRule, rows: readonly Exception[], after: string, until: string) =>
  datesOf(rule, rows, at(after), at(until)).map(({ startsAt }) => startsAt.toISOString());

test('a weekly session keeps its local hour when the clocks change', () => {
  expect(starts(tuesdays, [], '2026-03-01T00:00:00Z', '2026-03-12T00:00:00Z')).toEqual([
    '2026-03-04T00:00:00.000Z',
    '2026-03-10T23:00:00.000Z',
  ]);
});

test('a skipped date does not come; a moved one comes once, where it was moved to, under its old name', () => {
  const moved = {
    id: randomUUID(),
    local: '2026-03-10T19:00',
    startsAt: at('2026-03-11T22:00:00Z'),
    minutes: 90,
    state: 'planned' as const,
  };
  const rule = { ...tuesdays, skips: ['2026-03-03T19:00'] };
  const dates = datesOf(rule, [moved], at('2026-03-01T00:00:00Z'), at('2026-03-18T00:00:00Z'));
  expect(dates.map(({ local, startsAt, endsAt }) => [local, startsAt.toISOString(), endsAt.toISOString()])).toEqual([
    ['2026-03-10T19:00', '2026-03-11T22:00:00.000Z', '2026-03-11T23:30:00.000Z'],
    ['2026-03-17T19:00', '2026-03-17T23:00:00.000Z', '2026-03-18T00:00:00.000Z'],
  ]);
});

test('a session for once comes once; an ended one shows only what has a row', () => {
  const once = { ...tuesdays, rrule: null };
  expect(starts(once, [], '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z')).toEqual(['2026-03-04T00:00:00.000Z']);
  expect(starts({ ...once, state: 'ended' }, [], '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z')).toEqual([]);
});

test('however a span is cut, each date comes once, in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 51 }), fc.integer({ min: -3, max: 3 })), { maxLength: 10 }),
      (cuts, moves) => {
        const begin = at('2026-03-01T00:00:00Z').getTime();
        const end = begin + 52 * WEEK;
        const all = datesOf(tuesdays, [], new Date(begin), new Date(end));
        const rows = [...new Map(moves.map(([n, by]) => [n, by]))].flatMap(([n, by]): Exception[] => {
          const date = all[n];
          if (!date) return [];
          const startsAt = new Date(Math.min(end, Math.max(begin + 1, date.startsAt.getTime() + by * 86_400_000)));
          return [{ id: randomUUID(), local: date.local, startsAt, minutes: 60, state: 'planned' }];
        });
        const whole = datesOf(tuesdays, rows, new Date(begin), new Date(end));
        const edges = [
          begin,
          ...[...cuts]
            .map((n) => begin + n * 5 * 86_400_000)
            .filter((n) => n < end)
            .sort((a, b) => a - b),
          end,
        ];
        const parts = edges
          .slice(1)
          .flatMap((until, i) => datesOf(tuesdays, rows, new Date(edges[i] as number), new Date(until)));
        expect(parts).toEqual(whole);
        expect(new Set(whole.map(({ local }) => local)).size).toBe(all.length);
        expect(whole).toHaveLength(all.length);
      },
    ),
    { numRuns: 50 },
  );
});

describe('in the database', () => {
  let home: TestWorld;
  beforeAll(async () => {
    home = await makeTestWorld();
  });
  afterAll(() => home.close());

  test('two who speak of one date at once speak of one row, and its changes stand in the place of the details', async () => {
    const { prisma } = home.database;
    const { cipher } = home.world;
    const community = await prisma.community.create({ data: {} });
    const space = await prisma.space.create({ data: { communityId: community.id, platform: 'playground', externalId: 'here' } });
    const id = randomUUID();
    const { state, ...rule } = tuesdays;
    const session = await prisma.session.create({
      data: {
        ...rule,
        id,
        communityId: community.id,
        spaceId: space.id,
        details: sealDetails(cipher, id, { title: 'Tuesday', link: 'https://example.org/room' }),
        format: 'open',
        place: 'link',
        settled: '2026-03-01T00:00',
      },
    });
    const db = tenantDb(prisma, community.id);
    const date = { local: '2026-03-03T19:00', startsAt: at('2026-03-04T00:00:00Z') };
    const [one, other] = await Promise.all([ensureOccurrence(db, session, date), ensureOccurrence(db, session, date)]);
    expect(one.id).toBe(other.id);
    const changes = sealChanges(cipher, one.id, { title: 'Tuesday, outside' });
    expect(detailsOf(cipher, session, { id: one.id, changes })).toEqual({
      title: 'Tuesday, outside',
      link: 'https://example.org/room',
    });
    expect(detailsOf(cipher, session, one).title).toBe('Tuesday');
  });
});
