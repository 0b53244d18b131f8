import { codeOf } from '../../../src/chat/ids.js';
import type { Capabilities, Message } from '../../../src/chat/index.js';
import { act } from '../../../src/core/live/act.js';
import { beginLive } from '../../../src/core/live/start.js';
import { enter } from '../../../src/core/members/enter.js';
import { keepTaps } from '../../../src/core/taps/keep.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';
import { makeSession, person } from '../sessions/support.js';

/** One community in a Discord guild and a Slack workspace: everybody raises a hand in the same moment. */

const HANDS = 500;
const can: Capabilities = { formFields: 5, fileBytes: 9_000_000, fieldErrors: true, completion: true, zone: true };
const PLATFORMS = ['discord', 'slack'] as const;

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const wordsOf = ({ blocks }: Message) => blocks.map((block) => ('text' in block ? String(block.text) : '')).join('\n');

test('500 hands at once from two platforms: one order, none lost, and each is told their own place', async () => {
  const now = home.clock.now();
  const chair = await person(home, 'chair', now);
  const communityId = chair.community.id;
  for (const platform of PLATFORMS)
    await home.database.prisma.space.create({ data: { communityId, platform, externalId: `place-${platform}` } });
  const session = await makeSession(home, chair, { chairId: chair.member.id, channelId: 'C1' });
  const date = { communityId, sessionId: session.id, local: '2026-03-03T19:00', zone: 'UTC', startsAt: now, minutes: 60 };
  const { id: occurrence } = await chair.db.occurrence.create({ data: date });
  const live = await beginLive(chair, { occurrence, script: 'open', shareMinutes: 3 });
  const [token] = await keepTaps(chair, [{ path: 'live.raise', input: { live: live.id }, isPrivate: false }]);
  const raise = (at: number) => {
    const platform = PLATFORMS[at % 2] ?? 'slack';
    return home.router.run(
      {
        platform,
        said: { kind: 'press', id: `${codeOf(['live', 'raise'])}.r0.${token}` },
        user: { id: `member-${at}`, locale: 'en-US' },
        space: { id: `place-${platform}` },
        standing: async () => ({ admin: false, roles: [] }),
      },
      can,
    );
  };
  const answers = await Promise.all(Array.from({ length: HANDS }, (_, at) => raise(at)));
  const told = answers.map((answer) => Number(/You are number (\d+) in line/u.exec(wordsOf(answer))?.[1]));
  const hands = await home.database.prisma.hand.findMany({ where: { liveId: live.id }, orderBy: { order: 'asc' } });
  const accounts = await home.database.prisma.identity.findMany();
  const accountOf = new Map(accounts.map(({ memberId, externalId }) => [memberId, externalId]));
  const places = new Map(hands.map(({ memberId }, at) => [accountOf.get(memberId), at + 1]));
  expect(hands).toHaveLength(HANDS);
  expect(told).toEqual(Array.from({ length: HANDS }, (_, at) => places.get(`member-${at}`)));
  expect(home.logged).toEqual([]);
  // Their buttons are the same rows for all of them: nothing says who tapped.
  expect(await home.database.prisma.tap.count({ where: { memberId: { not: null } } })).toBe(0);
  expect(await home.database.prisma.tap.count()).toBeLessThan(5);
  expect(await home.database.prisma.dueWork.count({ where: { kind: 'live.card' } })).toBe(1);
  const again = await raise(7);
  expect(wordsOf(again)).toContain(`You are number ${told[7]} in line`);
  const first = await act(chair, live.id, { kind: 'next', seen: undefined });
  expect(first.after.sharing?.id).toBe(hands[0]?.id);
  const chairAgain = await enter(home.world, { platform: 'playground', userId: 'chair', space: { id: 'here' } }, now);
  const twice = await act(chairAgain, live.id, { kind: 'next', seen: undefined });
  expect(twice.after.sharing?.id).toBe(hands[0]?.id);
}, 120_000);
