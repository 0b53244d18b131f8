import { commands } from '../../../commands/index.js';
import { pathName } from '../../../src/chat/index.js';
import { FLOOD, LIMITS } from '../../../src/core/limits/kinds.js';
import { noteFlood, spend } from '../../../src/core/limits/spend.js';
import { enter } from '../../../src/core/members/enter.js';
import { grant } from '../../../src/core/members/grant.js';
import { eraseMember } from '../../../src/core/privacy/erase.js';
import { forgetOld } from '../../../src/core/retention/night.js';
import type { Scope } from '../../../src/core/scope.js';
import { within } from '../../../src/core/within.js';
import { makeDam } from '../../../src/flood.js';
import { makeNotices } from '../../../src/notices/index.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

const NOON = new Date('2026-05-04T12:00:00Z');
const MINUTE = 60_000;
const { most } = LIMITS.export.person;

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

let count = 0;
async function member(space: string, at = NOON): Promise<Scope> {
  return enter(home.world, { platform: 'playground', userId: `m${++count}`, zone: 'UTC', space: { id: space } }, at);
}
const later = (scope: Scope, ms: number): Scope => ({ ...scope, now: new Date(scope.now.getTime() + ms) });
const spendTimes = async (scope: Scope, times: number) => {
  for (let i = 0; i < times; i++) await spend(scope, 'export');
};
const floods = ({ community }: Scope) =>
  home.database.prisma.dueWork.count({ where: { kind: FLOOD, communityId: community.id } });

test('who did it as often as is allowed is told when to come back, and then may; others are not held back', async () => {
  const [one, other] = [await member('a'), await member('a')];
  await spendTimes(one, most);
  await expect(spend(later(one, 10 * MINUTE), 'export')).rejects.toMatchObject({
    key: 'chat.errors.later',
    at: new Date('2026-05-04T13:00:00Z'),
  });
  await spend(other, 'export');
  await spend(one, 'post');
  await spend(later(one, 61 * MINUTE), 'export');
});

test('what is done at the same moment in several processes is counted each', async () => {
  const scope = await member('b');
  const said = await Promise.allSettled(Array.from({ length: most + 5 }, () => spend(scope, 'export')));
  expect(said.filter(({ status }) => status === 'fulfilled')).toHaveLength(most);
});

test('a community is held back together, and another one is not', async () => {
  const { id } = (await member('c')).community;
  const first = await member('c');
  await spend(first, 'export');
  const all = { communityId: id, memberId: null, act: 'export' };
  await home.database.prisma.actCount.updateMany({ where: all, data: { count: LIMITS.export.community.most } });
  await expect(spend(await member('c'), 'export')).rejects.toMatchObject({ key: 'chat.errors.later' });
  await spend(await member('d'), 'export');
});

test('facilitators hear of it once a day, not by whom, and who did it does not', async () => {
  const [fay, one] = [await member('e'), await member('e')];
  const account = await home.database.prisma.identity.findFirstOrThrow({ where: { memberId: fay.member.id } });
  await grant(
    { ...fay, space: { ...(fay.space as NonNullable<Scope['space']>) }, roles: new Set(['coordinator']) },
    'facilitator',
    { people: [account.externalId], groups: [] },
  );
  await spendTimes(one, most);
  for (let i = 0; i < 3; i++) await expect(spend(one, 'export')).rejects.toThrow();
  expect(await floods(one)).toBe(1);
  const [work] = await home.database.prisma.dueWork.findMany({ where: { kind: FLOOD, communityId: one.community.id } });
  const kind = makeNotices(home.world)[FLOOD];
  const told = await home.database.prisma.$transaction((tx) => kind?.due?.(work ? [work] : [], tx, NOON) as Promise<never>);
  const { deliveries } = told as { deliveries: { memberId: string }[] };
  expect(deliveries.map(({ memberId }) => memberId)).toEqual([fay.member.id]);
  const drawn = await kind?.render?.({ ...work, ...deliveries[0], id: 'x', tries: 0 } as never, NOON);
  expect(JSON.stringify(drawn)).not.toContain(one.member.id);
  expect(JSON.stringify(drawn)).toContain('held back');

  await home.database.prisma.dueWork.deleteMany({ where: { kind: FLOOD } });
  const again = later(one, 2 * 60 * MINUTE);
  await spendTimes(again, most);
  await expect(spend(again, 'export')).rejects.toThrow();
  expect(await floods(one)).toBe(0);
  const tomorrow = later(one, 25 * 60 * MINUTE);
  await noteFlood(tomorrow, 'person');
  expect(await floods(one)).toBe(1);
});

test('counts go after two nights, and with the member', async () => {
  const [one, other] = [await member('f'), await member('f')];
  const { prisma } = home.database;
  const counts = () => prisma.actCount.count({ where: { communityId: one.community.id } });
  await spend(one, 'export');
  await spend(other, 'export');
  expect(await counts()).toBe(3);
  await eraseMember(within(home.world, one.community.id), one.member.id, NOON);
  expect(await counts()).toBe(2);
  const night = (days: number) =>
    forgetOld(
      home.world,
      { subjectId: one.community.id },
      new Date(NOON.getTime() + days * 24 * 60 * MINUTE),
      AbortSignal.timeout(60_000),
    );
  await night(1);
  expect(await counts()).toBe(2);
  await night(3);
  expect(await counts()).toBe(0);
});

describe('a flood of anything', () => {
  const call = (user: string, space = 'g') => ({ platform: 'slack' as const, user: { id: user }, space: { id: space } });

  test('is held back per person and per place, in memory', async () => {
    const dam = makeDam({ person: { most: 3, within: MINUTE }, community: { most: 5, within: MINUTE } });
    for (let i = 0; i < 3; i++) expect(await dam(call('one'))).toBeUndefined();
    expect(await dam(call('one'))).toMatchObject({ whose: 'person', isFirst: true });
    expect(await dam(call('one'))).toMatchObject({ whose: 'person', isFirst: false });
    for (const user of ['two', 'three']) expect(await dam(call(user))).toBeUndefined();
    expect(await dam(call('four'))).toMatchObject({ whose: 'community', isFirst: true });
    expect(await dam(call('four', 'elsewhere'))).toBeUndefined();
  });

  test('never holds back help in need, getting out, and taking anything back', () => {
    const held = commands.filter(({ neverHeldBack }) => !neverHeldBack);
    expect(held.filter(({ path: [root] }) => ['crisis', 'support', 'privacy', 'help', 'home'].includes(root))).toEqual([]);
    expect(commands.filter(({ neverHeldBack, counts }) => neverHeldBack && counts !== undefined)).toEqual([]);
    // What has such a name is thought about: it takes something back.
    const back = /\.(?:un(?!-)|stop|off$|withdraw|end|remove|leave|lower|erase|avoid$|drop|pause|hide|decline)/u;
    const counted = held.filter(({ role, path }) => role === 'anyone' && back.test(pathName(path)));
    expect(counted.map(({ path }) => pathName(path))).toEqual([]);
  });
});
