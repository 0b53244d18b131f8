import { openDates } from '../../../src/core/sessions/open-dates.js';
import { replan } from '../../../src/core/sessions/replan.js';
import { DATE, OPEN } from '../../../src/core/sessions/work.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';
import { makeSession, person } from './support.js';

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const open = (id: string, now: string) =>
  home.database.prisma.$transaction((tx) => openDates([id], tx, new Date(now))).then((next) => next.get(id)?.toISOString());
const rows = async (sessionId: string) => {
  const found = await home.database.prisma.occurrence.findMany({ where: { sessionId }, orderBy: { startsAt: 'asc' } });
  return found.map(({ local }) => local);
};

test('a date is opened two days before its start, once, and looked after from then on', async () => {
  const { id } = await makeSession(home, await person(home, 'olga', '2026-03-01T00:00:00Z'));
  expect(await open(id, '2026-03-01T00:00:00Z')).toBe('2026-03-02T00:00:00.000Z');
  expect(await rows(id)).toEqual([]);
  // The clocks change on the 8th: the next one is an hour earlier in UTC.
  expect(await open(id, '2026-03-02T00:00:00Z')).toBe('2026-03-08T23:00:00.000Z');
  expect(await open(id, '2026-03-02T00:00:01Z')).toBe('2026-03-08T23:00:00.000Z');
  expect(await rows(id)).toEqual(['2026-03-03T19:00']);
  expect(await home.database.prisma.dueWork.count({ where: { kind: DATE } })).toBe(1);
});

test('after a downtime, what is over is passed over and what is under way is opened', async () => {
  const { id } = await makeSession(home, await person(home, 'olga', '2026-03-01T00:00:00Z'));
  expect(await open(id, '2026-03-24T23:30:00Z')).toBe('2026-03-29T23:00:00.000Z');
  expect(await rows(id)).toEqual(['2026-03-24T19:00']);
});

test('a yearly one is found, a single one comes once, an ended one never', async () => {
  const scope = await person(home, 'olga', '2026-03-01T00:00:00Z');
  const yearly = await makeSession(home, scope, { rrule: 'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3' });
  expect(await open(yearly.id, '2026-03-05T00:00:00Z')).toBe('2027-03-02T00:00:00.000Z');
  const single = await makeSession(home, scope, { rrule: null });
  expect(await open(single.id, '2026-03-03T00:00:00Z')).toBeUndefined();
  expect(await rows(single.id)).toEqual(['2026-03-03T19:00']);
  const ended = await makeSession(home, scope, { state: 'ended' });
  expect(await open(ended.id, '2026-03-03T00:00:00Z')).toBeUndefined();
  expect(await rows(ended.id)).toEqual([]);
});

test('replanning has the session and every date that is not over looked at; an ended session is not opened again', async () => {
  const scope = await person(home, 'olga', '2026-03-03T00:00:00Z');
  const { prisma } = home.database;
  const session = await makeSession(home, scope);
  await open(session.id, '2026-03-03T00:00:00Z');
  const [date] = await prisma.occurrence.findMany({ where: { sessionId: session.id } });
  const due = (kind: string, subjectId = '') => prisma.dueWork.findFirst({ where: { kind, subjectId }, select: { dueAt: true } });
  const now = new Date('2026-03-03T09:00:00Z');
  await replan(scope.db, { now }, session);
  expect(await due(OPEN, session.id)).toEqual({ dueAt: now });
  expect(await due(DATE, date?.id)).toEqual({ dueAt: now });
  await replan(scope.db, { now }, { ...session, state: 'ended' });
  expect(await due(OPEN, session.id)).toBeNull();
});
