import { randomUUID } from 'node:crypto';
import { median, overviewOf } from '../../../src/core/pairing/queue/overview.js';
import { sealWishes } from '../../../src/core/pairing/wishes.js';
import type { Scope } from '../../../src/core/scope.js';
import { makeMentors } from '../../support/mentors.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';
import { person } from '../sessions/support.js';

const NOW = '2026-11-26T12:00:00Z';
const DAY = 86_400_000;
const ago = (days: number) => new Date(Date.parse(NOW) - days * DAY);

let home: TestWorld;
let scope: Scope;
beforeAll(async () => {
  home = await makeTestWorld();
  scope = await person(home, 'carla', NOW);
});
afterAll(() => home.close());

/** A pairing that began so many days after it was asked for. */
async function paired(mentorId: string, days: number): Promise<void> {
  const { db, cipher } = scope;
  const communityId = db.communityId;
  const [id, menteeId] = [randomUUID(), randomUUID()];
  const details = sealWishes(cipher, id, { wishes: [], zone: 'UTC' });
  await db.member.create({ data: { id: menteeId, communityId } });
  await db.pairingRequest.create({
    data: {
      id,
      communityId,
      memberId: menteeId,
      state: 'paired',
      details,
      tellBy: ago(0),
      askedAt: ago(20),
      endedAt: ago(20 - days),
    },
  });
  const startedAt = ago(20 - days);
  await db.pairing.create({
    data: { communityId, requestId: id, menteeId, mentorId, state: 'active', introBy: startedAt, startedAt },
  });
}

/** An offer that ended. */
async function offered(mentorId: string, state: 'accepted' | 'declined'): Promise<void> {
  const { db } = scope;
  const { id: requestId } = await db.pairingRequest.findFirstOrThrow({ where: { offers: { none: { mentorId } } } });
  const times = { askedAt: ago(2), deadline: ago(1), endedAt: ago(1) };
  await db.pairingOffer.create({ data: { communityId: db.communityId, requestId, mentorId, state, ...times } });
}

test('the middle of some numbers', () => {
  expect([median([3]), median([1, 9]), median([9, 1, 2])]).toEqual([3, 5, 2]);
});

test('what is about fewer than five people is not told, and what is about more is', async () => {
  const { db, cipher } = scope;
  const mentors = await makeMentors(
    db,
    cipher,
    Array.from({ length: 10 }, () => ({ capacity: 1 })),
    new Date(NOW),
  );
  const at = (i: number) => mentors[i] as string;
  for (const [i, days] of [1, 2, 3, 8].entries()) await paired(at(i), days);
  for (let i = 0; i < 4; i++) await offered(at(i), 'accepted');
  for (let i = 4; i < 10; i++) await offered(at(i), 'declined');
  await db.mentorProfile.updateMany({
    where: { memberId: { in: mentors.slice(0, 4) } },
    data: { pausedUntil: ago(-1), confirmedAt: ago(40) },
  });
  await db.member.updateMany({ where: {}, data: { greetedAt: ago(50) } });
  expect(await overviewOf(scope)).toEqual({
    ...{ waiting: 0, paired: 'few', medianDays: 'few', acceptance: 'few', mentors: 10, paused: 'few', over: 0, reconfirm: 'few' },
  });

  await paired(at(4), 10);
  await offered(at(4), 'accepted');
  await db.mentorProfile.updateMany({ where: { memberId: at(4) }, data: { pausedUntil: ago(-1), confirmedAt: ago(40) } });
  for (let i = 0; i < 5; i++) await paired(at(i), 3);
  expect(await overviewOf(scope)).toEqual({
    ...{ waiting: 0, paired: 10, medianDays: 3, acceptance: 45, mentors: 10, paused: 5, over: 5, reconfirm: 5 },
  });
});

test('who asked somebody today does not read in a rate or a time what came of it', async () => {
  const { db } = scope;
  const before = await overviewOf(scope);
  const { mentorId } = await db.pairingOffer.findFirstOrThrow();
  const { id: requestId } = await db.pairingRequest.findFirstOrThrow({ where: { offers: { none: { mentorId } } } });
  const times = { askedAt: ago(0.2), deadline: ago(-1), endedAt: ago(0.1) };
  await db.pairingOffer.create({ data: { communityId: db.communityId, requestId, mentorId, state: 'declined', ...times } });
  await db.pairing.updateMany({ where: { requestId }, data: { startedAt: ago(0.1) } });
  await db.pairing.updateMany({ where: { requestId: { not: requestId } }, data: { startedAt: ago(0.1) } });
  expect((await overviewOf(scope)).acceptance).toBe(before.acceptance);
  expect((await overviewOf(scope)).medianDays).toBe('few');
});
