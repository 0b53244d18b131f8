import { randomUUID } from 'node:crypto';
import { type CommunityReport, reportOn } from '../../../src/core/communities/report.js';
import { memberBehind } from '../../../src/core/members/behind.js';
import { enter } from '../../../src/core/members/enter.js';
import { workRow } from '../../../src/core/work/id.js';
import { counts } from '../../../src/schedule/report.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const NOW = new Date('2026-05-31T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

/** A community with so many members. */
async function community(space: string, size: number) {
  const scopes = [];
  for (let i = 0; i < size; i++) {
    const caller = { platform: 'playground' as const, userId: `${space}-${i}`, space: { id: space } };
    scopes.push(await enter(home.world, caller, NOW));
  }
  const [first] = scopes;
  if (!first) throw new Error('A community has members.');
  await first.db.member.updateMany({ where: {}, data: { greetedAt: daysAgo(90) } });
  return { scope: first, members: scopes.map(({ member }) => member.id) };
}
type Community = Awaited<ReturnType<typeof community>>;

async function messages({ scope }: Community, count: number, how: { state?: string; reason?: string; endedAt?: Date }) {
  const { state = 'sent', reason, endedAt } = how;
  await scope.db.delivery.createMany({
    data: Array.from({ length: count }, () => ({
      communityId: scope.community.id,
      kind: 'checkin.prompt',
      subjectId: randomUUID(),
      platform: 'playground' as const,
      once: randomUUID(),
      state: state as 'sent',
      ...(reason !== undefined && { reason }),
      ...(endedAt && { endedAt }),
      dueAt: daysAgo(1),
      expiresAt: NOW,
      rank: 0,
    })),
  });
}

const checkIns = ({ scope }: Community, memberIds: readonly (string | undefined)[], at: Date) =>
  scope.db.checkIn.createMany({
    data: memberIds.map((memberId) => ({
      communityId: scope.community.id,
      memberId: memberId ?? '',
      at,
      zone: 'UTC',
      answers: Buffer.of(1),
    })),
  });

const lengths = ({ periods }: CommunityReport) => periods.map(({ days }) => days);

test('messages are counted by period, with reasons that tell of no member put together', async () => {
  const here = await community('here', 5);
  const there = await community('there', 5);
  await messages(there, 9, { endedAt: daysAgo(1) });
  await messages(here, 6, { endedAt: daysAgo(1) });
  await messages(here, 7, { endedAt: daysAgo(20) });
  await messages(here, 50, { endedAt: daysAgo(31) });
  await messages(here, 4, { state: 'dropped', reason: 'late', endedAt: daysAgo(2) });
  await messages(here, 5, { state: 'dropped', reason: 'closed', endedAt: daysAgo(2) });
  await messages(here, 3, { state: 'dropped', reason: 'declined', endedAt: daysAgo(2) });
  await messages(here, 3, { state: 'dropped', reason: 'answered', endedAt: daysAgo(2) });
  await messages(here, 1, { state: 'dead', reason: 'broken', endedAt: daysAgo(2) });
  await messages(here, 1, { state: 'dead', reason: 'given-up', endedAt: daysAgo(12) });

  const report = await reportOn(here.scope, [7, 30]);
  expect(lengths(report)).toEqual([7, 30]);
  expect(report.members).toBe(5);
  expect(report.periods[0]).toEqual({
    days: 7,
    sent: 5,
    unsent: [
      { why: 'closed', count: 5 },
      { why: 'late', count: 'few' },
      { why: 'needless', count: 5 },
    ],
    givenUp: 1,
    checkIns: 'few',
  });
  expect(report.periods[1]).toMatchObject({ sent: 10, givenUp: 2 });

  // The engine's own numbers come from the same place.
  const own = await counts(home.database.prisma, { communityId: here.scope.community.id, since: daysAgo(7) });
  expect(own).toMatchObject({ sent: 6, dropped: { late: 4, declined: 3 }, dead: { broken: 1 } });
  expect((await counts(home.database.prisma, { since: daysAgo(7) })).sent).toBe(15);
});

test('check-ins are counted only where five people are behind them', async () => {
  const here = await community('many', 6);
  const [first, ...others] = here.members;
  await checkIns(here, Array(30).fill(first), daysAgo(1));
  await checkIns(here, others.slice(0, 3), daysAgo(2));
  await checkIns(here, others.slice(3, 4), daysAgo(8));
  const { periods } = await reportOn(here.scope, [7, 30]);
  expect(periods.map((period) => period.checkIns)).toEqual(['few', 30]);
});

test('of a community of four, nothing is counted that somebody did', async () => {
  const here = await community('four', 4);
  await messages(here, 40, { endedAt: daysAgo(1) });
  await messages(here, 40, { state: 'dropped', reason: 'closed', endedAt: daysAgo(1) });
  await messages(here, 40, { state: 'queued' });
  const report = await reportOn(here.scope, [7]);
  expect(report).toEqual({
    members: 'few',
    periods: [{ days: 7, sent: 'few', unsent: [{ why: 'closed', count: 'few' }], givenUp: 0, checkIns: 'few' }],
    queued: 'few',
    parked: 0,
  });
});

test('nobody sees what one person does by looking before and after', async () => {
  const here = await community('watched', 9);
  await checkIns(here, here.members, daysAgo(1));
  await messages(here, 9, { endedAt: daysAgo(1) });
  const before = await reportOn(here.scope, [7, 30]);
  expect(before).toMatchObject({ members: 5, periods: [{ checkIns: 5, sent: 5 }, { checkIns: 5 }] });
  await checkIns(here, [here.members[0], ...here.members], NOW);
  await messages(here, 9, { endedAt: NOW });
  expect(await reportOn(here.scope, [7, 30])).toEqual(before);
});

test('nor whether somebody uses the bot, by naming them', async () => {
  const here = await community('named', 4);
  const name = (userId: string) => memberBehind(here.scope.db, { platform: 'playground', userId }, NOW);
  await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(name));
  expect((await reportOn(here.scope, [7])).members).toBe('few');
  await here.scope.db.member.updateMany({ where: { greetedAt: null }, data: { greetedAt: NOW } });
  expect((await reportOn(here.scope, [7])).members).toBe('few');
  const tomorrow = { ...here.scope, now: daysAgo(-1) };
  expect((await reportOn(tomorrow, [7])).members).toBe(10);
});

test('what waits is told, and since when only where nobody is behind it alone', async () => {
  const here = await community('waiting', 5);
  await messages(here, 4, { state: 'queued' });
  const few = await reportOn(here.scope, [7]);
  expect(few.queued).toBe('few');
  expect(few).not.toHaveProperty('oldest');
  await messages(here, 1, { state: 'queued' });
  await here.scope.db.dueWork.create({
    data: {
      ...workRow({ communityId: here.scope.community.id, kind: 'checkin.prompt', subjectId: randomUUID() }, NOW),
      failures: 2,
    },
  });
  expect(await reportOn(here.scope, [7])).toMatchObject({ queued: 5, oldest: daysAgo(1), parked: 1 });
});
