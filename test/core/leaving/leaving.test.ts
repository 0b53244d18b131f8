import { randomUUID } from 'node:crypto';
import type { Membership } from '../../../src/chat/membership.js';
import { closePlace } from '../../../src/core/leaving/close.js';
import { forgetWhoLeft } from '../../../src/core/leaving/forget.js';
import { CLOSE, ERASE, GRACE_DAYS, graceOver, LOOK, WORD } from '../../../src/core/leaving/kinds.js';
import { lookWhoIsThere } from '../../../src/core/leaving/look.js';
import { removed } from '../../../src/core/leaving/removed.js';
import { enter } from '../../../src/core/members/enter.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

const DAY = 24 * 3_600_000;
const NOW = new Date('2027-02-01T12:00:00Z');
const later = (days: number) => new Date(NOW.getTime() + days * DAY);
const { signal } = new AbortController();

let home: TestWorld;
/** What the platform says, by account; of everybody else that they are there. */
const said = new Map<string, Awaited<ReturnType<Membership['isMember']>>>();
const asked: string[] = [];

beforeAll(async () => {
  home = await makeTestWorld();
  Object.assign(home.world.memberships ?? {}, {
    discord: {
      async isMember(_space: string, account: string) {
        asked.push(account);
        return said.get(account) ?? { ok: true, isMember: true };
      },
      watch: () => undefined,
    },
  });
});
afterAll(() => home.close());
beforeEach(() => {
  said.clear();
  asked.length = 0;
});

let guilds = 0;
const GONE = { ok: true, isMember: false } as const;
const REMOVED = { ok: false, why: 'removed' } as const;
const come = (guild: string, userId: string, at = NOW) =>
  enter(home.world, { platform: 'discord', userId, space: { id: guild } }, at);
const newGuild = () => `guild ${++guilds}`;
const memberOf = (id: string) => home.database.prisma.member.findUnique({ where: { id } });
const work = (kind: string, subjectId: string) => home.database.prisma.dueWork.findFirst({ where: { kind, subjectId } });
async function ripe(guild: string, ...users: string[]) {
  const scopes = [];
  for (const user of users) scopes.push(await come(guild, user));
  const communityId = scopes[0]?.community.id ?? '';
  await home.database.prisma.member.updateMany({ where: { communityId }, data: { thereAt: later(-8) } });
  return { communityId, members: scopes.map(({ member }) => member.id) as [string, ...string[]], scope: scopes[0] };
}

test('a new community is looked at by night, and somebody who was just met is not asked for', async () => {
  const { community } = await come(newGuild(), 'a');
  const planned = await work(LOOK, community.id);
  expect(planned?.dueAt.getUTCHours()).toBeGreaterThanOrEqual(2);
  expect(planned?.dueAt.getUTCHours()).toBeLessThan(5);
  await home.database.prisma.member.updateMany({ where: { communityId: community.id }, data: { thereAt: later(-6) } });
  const next = await lookWhoIsThere(home.world, { communityId: community.id }, NOW, signal);
  expect(asked).toEqual([]);
  // The first night in which it is a week ago.
  expect(next?.getTime()).toBeGreaterThan(later(1).getTime());
  expect(next?.getTime()).toBeLessThanOrEqual(later(1).getTime() + 27 * 3_600_000);
});

test('who is not there any more is told, and erased after the time of grace when they are still not', async () => {
  const { communityId, members } = await ripe(newGuild(), 'stays', 'goes');
  const [stays, goes = ''] = members;
  said.set('goes', GONE);
  await lookWhoIsThere(home.world, { communityId }, NOW, signal);
  expect(await memberOf(stays)).toMatchObject({ leftAt: null, thereAt: NOW });
  expect(await memberOf(goes)).toMatchObject({ leftAt: NOW });
  expect(await work(WORD, goes)).toMatchObject({ dueAt: NOW });
  expect(await work(ERASE, goes)).toMatchObject({ dueAt: graceOver(NOW) });
  expect(graceOver(NOW)).toEqual(later(GRACE_DAYS));
  await lookWhoIsThere(home.world, { communityId }, later(8), signal);
  expect(await work(ERASE, goes)).toMatchObject({ dueAt: graceOver(NOW) });
  const row = { communityId, subjectId: goes };
  said.set('goes', { ok: false, why: 'busy', after: 5_000 });
  expect(await forgetWhoLeft(home.world, row, later(30))).toEqual(new Date(later(30).getTime() + 5_000));
  expect(await memberOf(goes)).not.toBeNull();
  said.set('goes', GONE);
  expect(await forgetWhoLeft(home.world, row, later(30))).toBeNull();
  expect(await memberOf(goes)).toBeNull();
  expect(await memberOf(stays)).not.toBeNull();
});

test('who comes back in time keeps everything, whether they say something or not', async () => {
  const guild = newGuild();
  const { communityId, members } = await ripe(guild, 'speaks', 'silent');
  const [speaks, silent = ''] = members;
  for (const user of ['speaks', 'silent']) said.set(user, GONE);
  await lookWhoIsThere(home.world, { communityId }, NOW, signal);
  await come(guild, 'speaks', later(3));
  expect(await memberOf(speaks)).toMatchObject({ leftAt: null });
  expect([await work(ERASE, speaks), await work(WORD, speaks)]).toEqual([null, null]);
  said.clear();
  expect(await forgetWhoLeft(home.world, { communityId, subjectId: silent }, later(30))).toBeNull();
  expect(await memberOf(silent)).toMatchObject({ leftAt: null });
});

test('while nobody can say it, nobody is taken for gone, and others get their turn', async () => {
  const { communityId, members } = await ripe(newGuild(), 'x', 'y');
  said.set('x', { ok: false, why: 'busy', after: 7_000 });
  said.set('y', { ok: false, why: 'busy', after: 7_000 });
  expect(await lookWhoIsThere(home.world, { communityId }, NOW, signal)).toEqual(new Date(NOW.getTime() + 7_000));
  expect(asked).toHaveLength(1);
  for (const id of members) expect(await memberOf(id)).toMatchObject({ leftAt: null, thereAt: later(-8) });
});

test('whom the platform does not tell us of is not taken for gone, and holds nobody up', async () => {
  const { communityId, members } = await ripe(newGuild(), 'hidden', 'seen');
  const [hidden, seen = ''] = members;
  said.set('hidden', { ok: false, why: 'hidden' });
  await lookWhoIsThere(home.world, { communityId }, NOW, signal);
  for (const id of [hidden, seen]) expect(await memberOf(id)).toMatchObject({ leftAt: null, thereAt: NOW });
});

test('a hundred are asked for at once, and the others soon after', async () => {
  const { communityId } = await ripe(newGuild(), 'first');
  const { prisma } = home.database;
  const ids = Array.from({ length: 102 }, () => randomUUID());
  await prisma.member.createMany({ data: ids.map((id) => ({ id, communityId, thereAt: later(-8) })) });
  await prisma.identity.createMany({
    data: ids.map((memberId, i) => ({ communityId, memberId, platform: 'discord', externalId: `user ${i}` })),
  });
  const next = await lookWhoIsThere(home.world, { communityId }, NOW, signal);
  expect([asked.length, next?.getTime()]).toEqual([100, NOW.getTime() + 5 * 60_000]);
  await lookWhoIsThere(home.world, { communityId }, NOW, signal);
  expect(new Set(asked).size).toBe(103);
});

test('a community that the bot was removed from is erased after the time of grace, unless it comes back', async () => {
  const guild = newGuild();
  const { communityId, scope, members } = await ripe(guild, 'only');
  const subjectId = scope?.space?.id ?? '';
  said.set('only', REMOVED);
  await lookWhoIsThere(home.world, { communityId }, NOW, signal);
  await removed(home.world, { platform: 'discord', externalId: guild }, later(1));
  expect(await work(CLOSE, subjectId)).toMatchObject({ dueAt: graceOver(NOW) });
  expect(await memberOf(members[0])).toMatchObject({ leftAt: null });
  await come(guild, 'only', later(2));
  expect(await work(CLOSE, subjectId)).toBeNull();
  expect(await closePlace(home.world, { communityId, subjectId }, later(30))).toBeNull();
  expect(await memberOf(members[0])).not.toBeNull();

  await removed(home.world, { platform: 'discord', externalId: guild }, later(40));
  said.clear();
  expect(await closePlace(home.world, { communityId, subjectId }, later(70))).toBeNull();
  expect(await home.database.prisma.space.findUnique({ where: { id: subjectId } })).toMatchObject({ removedAt: null });

  await removed(home.world, { platform: 'discord', externalId: guild }, later(80));
  said.set('only', { ok: false, why: 'busy' });
  expect(await closePlace(home.world, { communityId, subjectId }, later(110))).not.toBeNull();
  said.set('only', REMOVED);
  expect(await closePlace(home.world, { communityId, subjectId }, later(111))).toBeNull();
  expect(await home.database.prisma.community.findUnique({ where: { id: communityId } })).toBeNull();
  expect(await memberOf(members[0])).toBeNull();
});

test('a community that lives on elsewhere loses only those who were in the place that is gone', async () => {
  const guild = newGuild();
  const { communityId, members, scope } = await ripe(guild, 'discordian');
  const { prisma } = home.database;
  await prisma.space.create({ data: { communityId, platform: 'slack', externalId: `team of ${guild}` } });
  const other = await enter(home.world, { platform: 'slack', userId: 'slacker', space: { id: `team of ${guild}` } }, NOW);
  expect(other.community.id).toBe(communityId);
  await removed(home.world, { platform: 'discord', externalId: guild }, NOW);
  said.set('discordian', REMOVED);
  await closePlace(home.world, { communityId, subjectId: scope?.space?.id ?? '' }, later(30));
  expect(await memberOf(members[0])).toBeNull();
  expect(await memberOf(other.member.id)).not.toBeNull();
  expect(await prisma.space.findMany({ where: { communityId }, select: { platform: true } })).toEqual([{ platform: 'slack' }]);
});
