import { enter } from '../../../src/core/members/enter.js';
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

test('the zone is the one the platform tells, until the member chose one', async () => {
  const told = await enter(home.world, { ...caller, userId: 'U2', zone: 'Asia/Tokyo' }, home.clock.now());
  expect(told.member.zone).toBe('Asia/Tokyo');
  await told.db.member.update({ where: { id: told.member.id }, data: { zone: 'Europe/Madrid' } });
  expect((await enter(home.world, { ...caller, userId: 'U2', zone: 'Asia/Tokyo' }, home.clock.now())).member.zone).toBe(
    'Europe/Madrid',
  );
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
