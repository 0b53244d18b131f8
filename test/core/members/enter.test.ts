import { Temporal } from 'temporal-polyfill';
import { PROMPT } from '../../../src/core/checkins/kinds.js';
import { saveSchedule } from '../../../src/core/checkins/schedules/save.js';
import { changeZone } from '../../../src/core/checkins/schedules/zone.js';
import { type Caller, enter } from '../../../src/core/members/enter.js';
import { recipientOf } from '../../../src/core/members/recipient.js';
import type { Scope } from '../../../src/core/scope.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const caller = { platform: 'slack' as const, userId: 'U1', space: { id: 'T1' } };

test('ten first words at once make one community and one member', async () => {
  const scopes = await Promise.all(Array.from({ length: 10 }, () => enter(home.world, caller, home.clock.now())));
  expect(new Set(scopes.map(({ community }) => community.id)).size).toBe(1);
  expect(new Set(scopes.map(({ member }) => member.id)).size).toBe(1);
  expect(await home.database.prisma.member.count()).toBe(1);
  expect(await home.database.prisma.community.count()).toBe(1);
});

test('the same person in two places is two members, who know nothing of each other', async () => {
  const here = await enter(home.world, caller, home.clock.now());
  const there = await enter(home.world, { ...caller, space: { id: 'T2' } }, home.clock.now());
  expect(there.member.id).not.toBe(here.member.id);
  expect(await there.db.member.findFirst({ where: { id: here.member.id } })).toBeNull();
});

/** The zone by which a member is written to when nobody calls. */
const zoneUncalled = async ({ community, member }: Scope) =>
  (await recipientOf(home.world, { communityId: community.id, memberId: member.id, platform: 'slack' }, home.clock.now()))?.scope
    .member.zone;
const lives = (zone: string | undefined, more: Partial<Caller> = {}) =>
  enter(home.world, { ...caller, userId: 'U2', ...(zone && { zone }), ...more }, home.clock.now());

test('the zone is the one the platform told last, until the member chose one', async () => {
  const told = await lives('Asia/Tokyo');
  expect(told.member.zone).toBe('Asia/Tokyo');
  expect(await zoneUncalled(told)).toBe('Asia/Tokyo');
  expect((await lives('America/Lima')).member.zone).toBe('America/Lima');
  expect((await lives(undefined)).member.zone).toBe('America/Lima');
  expect(await zoneUncalled(told)).toBe('America/Lima');
  await changeZone(told, 'Europe/Madrid');
  expect((await lives('Asia/Tokyo')).member.zone).toBe('Europe/Madrid');
  expect(await zoneUncalled(told)).toBe('Europe/Madrid');
});

test('whoever agrees to the zone that the platform tells goes on travelling', async () => {
  const scope = await lives('Asia/Tokyo', { userId: 'U3' });
  await saveSchedule(scope, { when: 'every day at 9:00', template: 'quick', zone: 'Asia/Tokyo' });
  const due = async () =>
    (await home.database.prisma.dueWork.findFirstOrThrow({ where: { communityId: scope.community.id, kind: PROMPT } })).dueAt;
  const nineIn = (zone: string, at: Date) =>
    Temporal.Instant.from(at.toISOString()).toZonedDateTimeISO(zone).toPlainTime().toString();
  expect(nineIn('Asia/Tokyo', await due())).toBe('09:00:00');
  await lives('America/Lima', { userId: 'U3' });
  expect(nineIn('America/Lima', await due())).toBe('09:00:00');
});

test('what the platform tells is written once, when it changes', async () => {
  const scope = await lives('Asia/Tokyo', { userId: 'U4', locale: 'es-ES' });
  const version = async () =>
    (await home.database.pool.query('SELECT xmin::text FROM "Member" WHERE id = $1', [scope.member.id])).rows[0].xmin;
  const first = await version();
  await lives('Asia/Tokyo', { userId: 'U4', locale: 'es-MX' });
  await lives(undefined, { userId: 'U4' });
  expect(await version()).toBe(first);
  await lives('Asia/Seoul', { userId: 'U4', locale: 'en-US' });
  expect(await version()).not.toBe(first);
});

test('the language is that of the catalogue which serves what the platform told last', async () => {
  const language = async (locale?: string) =>
    (await lives(undefined, { userId: 'U5', ...(locale && { locale }) })).member.language;
  expect(await language()).toBeUndefined();
  expect(await language('es-419')).toBe('es');
  expect(await language()).toBe('es');
  expect(await language('en-GB')).toBe('en');
});

test('a role that was taken away is gone at the next word', async () => {
  const scope = await enter(home.world, caller, home.clock.now());
  const space = scope.space;
  if (!space) throw new Error('no space');
  await scope.db.roleGrant.create({
    data: { communityId: scope.community.id, spaceId: space.id, role: 'facilitator', kind: 'role', externalId: 'R' },
  });
  const standing = (roles: string[]) =>
    enter(home.world, { ...caller, standing: async () => ({ admin: false, roles }) }, home.clock.now());
  expect((await standing(['R'])).roles.has('facilitator')).toBe(true);
  expect((await standing([])).roles.has('facilitator')).toBe(false);
});
