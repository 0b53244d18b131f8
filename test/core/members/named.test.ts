import type { Membership } from '../../../src/chat/membership.js';
import { savePlan } from '../../../src/core/checkins/missed/save.js';
import { memberBehind, memberNamed } from '../../../src/core/members/behind.js';
import { enter } from '../../../src/core/members/enter.js';
import { greet } from '../../../src/core/members/greet.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

/** Discord lets people pick anybody by their id, also who is in another server that the bot serves. */

const platform = 'discord' as const;
let home: TestWorld;
let people: ReadonlySet<string> | 'away' = new Set();
beforeAll(async () => {
  home = await makeTestWorld();
  const membership: Membership = {
    async isMember(_space, account) {
      if (people === 'away') return { ok: false, why: 'busy' };
      return { ok: true, isMember: people.has(account) };
    },
    watch: () => undefined,
  };
  Object.assign(home.world.memberships ?? {}, { discord: membership });
});
afterAll(() => home.close());

const here = (userId: string, space = 'S1') => enter(home.world, { platform, userId, space: { id: space } }, home.clock.now());

test('who is not here is not named, made a member or asked anything; who is, is', async () => {
  const ana = await here('ana');
  people = new Set(['ana', 'ben']);
  const step = { afterMissed: 1, waitMinutes: 0, words: 'Words' };
  const plan = (account: string) => savePlan(ana, [{ ...step, account }], { platform, userId: 'ana' });
  await expect(plan('stranger')).rejects.toMatchObject({ key: 'chat.errors.notHere' });
  expect(await ana.db.identity.count({ where: { externalId: 'stranger' } })).toBe(0);
  expect(await ana.db.missedPlan.count()).toBe(0);
  expect(await plan('ben')).toEqual(new Map([['ben', 'asked']]));
});

test('nobody is refused whom we know, or of whom the platform cannot say it now', async () => {
  const ana = await here('ana');
  people = new Set();
  const { id } = await memberBehind(ana.db, { platform, userId: 'left' }, ana.now);
  expect((await memberNamed(ana, { platform, userId: 'left' })).id).toBe(id);
  people = 'away';
  await memberNamed(ana, { platform, userId: 'unknown' });
  expect(await ana.db.identity.count({ where: { externalId: 'unknown' } })).toBe(1);
});

test('who was named in a place where they never were goes on talking to the bot in direct messages', async () => {
  people = new Set(['xena']);
  const own = await here('xena', 'S2');
  await greet(own);
  const ana = await here('ana');
  await memberBehind(ana.db, { platform, userId: 'xena' }, ana.now);
  const direct = () => enter(home.world, { platform, userId: 'xena' }, home.clock.now());
  expect((await direct()).community.id).toBe(own.community.id);
  await greet(await here('xena'));
  await expect(direct()).rejects.toMatchObject({ key: 'chat.errors.whichCommunity' });
});
