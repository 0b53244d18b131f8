import { randomUUID } from 'node:crypto';
import { enter } from '../../../src/core/members/enter.js';
import type { Scope } from '../../../src/core/scope.js';
import { sealDetails } from '../../../src/core/sessions/details.js';
import { ensureOccurrence } from '../../../src/core/sessions/ensure.js';
import { dateNamed, datesIn, findSession, sessionById } from '../../../src/core/sessions/find.js';
import { SESSION_FORMATS, SESSION_PLACES, SESSION_VISIBILITIES } from '../../../src/core/sessions/kinds.js';
import { mayRun } from '../../../src/core/sessions/may-run.js';
import { viewDates } from '../../../src/core/sessions/view.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

let testWorld: TestWorld;
let scope: Scope;
beforeAll(async () => {
  testWorld = await makeTestWorld();
  scope = await enter(
    testWorld.world,
    { platform: 'playground', userId: 'olga', space: { id: 'one' } },
    new Date('2026-05-04T10:00:00Z'),
  );
});
afterAll(() => testWorld.close());

async function session(title: string, over: object = {}) {
  const id = randomUUID();
  const place = {
    communityId: scope.community.id,
    spaceId: scope.space?.id as string,
    format: SESSION_FORMATS[0],
    place: SESSION_PLACES[0],
  };
  const time = {
    rrule: 'FREQ=WEEKLY;BYDAY=TU',
    start: '2026-05-05',
    time: '19:00',
    zone: 'UTC',
    minutes: 60,
    settled: '2026-05-04T10:00',
  };
  const details = sealDetails(scope.cipher, id, { title, link: 'https://example.org/secret' });
  return scope.db.session.create({ data: { id, ...place, ...time, visibility: SESSION_VISIBILITIES[0], details, ...over } });
}

test('a session is found by its title, a part of it, without accents; or it is the next one', async () => {
  const tuesday = await session('Reunión del martes');
  const friday = await session('Friday steps', { rrule: 'FREQ=WEEKLY;BYDAY=FR' });
  await session('Friday steps for newcomers', { rrule: 'FREQ=WEEKLY;BYDAY=FR', time: '20:00' });
  await session('Ended', { state: 'ended' });
  const find = async (text?: string) => {
    const found = await findSession(scope, text);
    return found.kind === 'one'
      ? found.found.details.title
      : [found.kind, ...found.candidates.map(({ details }) => details.title)];
  };
  expect(await find()).toBe('Reunión del martes');
  expect(await find('REUNION')).toBe('Reunión del martes');
  expect(await find('friday steps')).toBe('Friday steps');
  expect(await find('friday')).toEqual(['several', 'Friday steps', 'Friday steps for newcomers']);
  expect((await find('Fryday steps for newcomer')).slice(0, 2)).toEqual(['none', 'Friday steps for newcomers']);
  expect(await find('ended')).not.toContain('Ended');
  expect((await sessionById(scope, tuesday.id))?.next?.local).toBe('2026-05-05T19:00');
  expect(await sessionById(scope, randomUUID())).toBeUndefined();
  expect(await dateNamed(scope.db, friday, '2026-05-09T19:00')).toBeUndefined();
  expect((await dateNamed(scope.db, friday, '2026-05-08T19:00'))?.row).toBeUndefined();
});

test('a date that was moved keeps its name, a cancelled one is not next, and a view says no link', async () => {
  const row = await session('Moved about');
  const [first, second] = await datesIn(scope.db, row, scope.now, new Date('2026-06-01T00:00:00Z'));
  if (!first || !second) throw new Error('There are two dates.');
  const moved = await ensureOccurrence(scope.db, row, first);
  await scope.db.occurrence.update({ where: { id: moved.id }, data: { startsAt: new Date('2026-05-06T18:00:00Z') } });
  const found = await sessionById(scope, row.id);
  expect(found?.next?.local).toBe('2026-05-05T19:00');
  expect(found?.next?.startsAt.toISOString()).toBe('2026-05-06T18:00:00.000Z');
  const date = await dateNamed(scope.db, row, first.local);
  if (!date) throw new Error('It is there.');
  const [view] = await viewDates(scope, 'playground', [{ session: row, date }]);
  expect(view).toMatchObject({ isMoved: true, hasLink: true, going: 0, recurs: true, state: 'planned' });
  expect(JSON.stringify(view)).not.toContain('secret');
  await scope.db.occurrence.update({ where: { id: moved.id }, data: { state: 'cancelled' } });
  expect((await sessionById(scope, row.id))?.next?.local).toBe(second.local);
});

test('the chair, the co-chair and who chairs this date may run it; a stranger may not, and facilitators always', () => {
  const as = (id: string, ...roles: ('facilitator' | 'coordinator' | 'mentor')[]) => ({
    member: { ...scope.member, id },
    roles: new Set(roles),
  });
  const row = { chairId: 'chair', coChairId: 'co' };
  expect(['chair', 'co', 'cover', 'other'].map((id) => mayRun(as(id), row, { chairId: 'cover' }))).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect(mayRun(as('other', 'mentor'), row)).toBe(false);
  expect(mayRun(as('other', 'facilitator'), { chairId: null, coChairId: null })).toBe(true);
});
