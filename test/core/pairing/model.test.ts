import fc from 'fast-check';
import { UserError } from '../../../src/chat/errors.js';
import { keepApart } from '../../../src/core/members/apart.js';
import { enter } from '../../../src/core/members/enter.js';
import { answerOffer, myOffers } from '../../../src/core/pairing/answer.js';
import { endPairing } from '../../../src/core/pairing/end.js';
import { answerIntroduction } from '../../../src/core/pairing/introduce.js';
import { myPairings, myRequest } from '../../../src/core/pairing/mine.js';
import { reportMember } from '../../../src/core/pairing/report.js';
import { beginRequest } from '../../../src/core/pairing/request.js';
import { withdrawRequest } from '../../../src/core/pairing/withdraw.js';
import { REQUEST } from '../../../src/core/pairing/work.js';
import type { Scope } from '../../../src/core/scope.js';
import type { Engine } from '../../../src/schedule/engine.js';
import { volunteer } from '../../support/mentors.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

/** The broker as it runs, on a database, against everything that people and time can do to it. */

const HOUR = 3_600_000;
const FAR = new Date('2999-01-01T00:00:00Z');
const MENTORS = 3;
const ASKERS = 4;
const MOST_LOOKS = 50;

let home: TestWorld;
let communities = 0;
let engine: Engine;
/** Another process takes over. Nothing is sent here: what is said is for the scenarios. */
const begin = async () => {
  engine = await home.connect([]);
};
beforeAll(async () => {
  home = await makeTestWorld();
  await begin();
});
afterAll(() => home.close());

interface Cast {
  readonly community: string;
  scope(name: string): Promise<Scope>;
  readonly ids: Readonly<Record<string, string>>;
}

async function cast(): Promise<Cast> {
  communities += 1;
  const space = { id: `T${communities}` };
  const scope = (userId: string) => enter(home.world, { platform: 'slack', userId, space }, home.clock.now());
  const ids: Record<string, string> = {};
  for (let i = 0; i < ASKERS; i += 1) ids[`asker${i}`] = (await scope(`asker${i}`)).member.id;
  for (let i = 0; i < MENTORS; i += 1) {
    const { member, community, now } = await scope(`mentor${i}`);
    ids[`mentor${i}`] = member.id;
    await volunteer(home.world, { communityId: community.id, memberId: member.id, now }, {}, { capacity: 1 + (i % 2) });
  }
  return { community: (await scope('asker0')).community.id, scope, ids };
}

type Doing =
  | { readonly does: 'asks' | 'withdraws'; readonly asker: number }
  | { readonly does: 'answers'; readonly mentor: number; readonly says: 'yes' | 'no' }
  | { readonly does: 'meets'; readonly who: string; readonly says: 'yes' | 'no' }
  | { readonly does: 'ends'; readonly who: string }
  | { readonly does: 'pauses' | 'resumes' | 'holds'; readonly mentor: number }
  | { readonly does: 'shrinks'; readonly mentor: number; readonly to: number }
  | { readonly does: 'avoids' | 'reports'; readonly asker: number; readonly mentor: number }
  | { readonly does: 'passes'; readonly hours: number }
  | { readonly does: 'crashes' };

const asker = fc.integer({ min: 0, max: ASKERS - 1 });
const mentor = fc.integer({ min: 0, max: MENTORS - 1 });
const says = fc.constantFrom<'yes' | 'no'>('yes', 'yes', 'no');
const who = fc.oneof(
  asker.map((i) => `asker${i}`),
  mentor.map((i) => `mentor${i}`),
);
const doings: fc.Arbitrary<Doing> = fc.oneof(
  { weight: 4, arbitrary: asker.map((i): Doing => ({ does: 'asks', asker: i })) },
  { weight: 4, arbitrary: fc.tuple(mentor, says).map(([i, say]): Doing => ({ does: 'answers', mentor: i, says: say })) },
  { weight: 4, arbitrary: fc.tuple(who, says).map(([name, say]): Doing => ({ does: 'meets', who: name, says: say })) },
  { weight: 4, arbitrary: fc.constantFrom(0, 1, 7, 13, 25, 200).map((hours): Doing => ({ does: 'passes', hours })) },
  asker.map((i): Doing => ({ does: 'withdraws', asker: i })),
  who.map((name): Doing => ({ does: 'ends', who: name })),
  fc
    .tuple(fc.constantFrom<'pauses' | 'resumes' | 'holds'>('pauses', 'resumes', 'holds'), mentor)
    .map(([does, i]): Doing => ({ does, mentor: i })),
  fc.tuple(mentor, fc.integer({ min: 1, max: 3 })).map(([i, to]): Doing => ({ does: 'shrinks', mentor: i, to })),
  fc
    .tuple(fc.constantFrom<'avoids' | 'reports'>('avoids', 'reports'), asker, mentor)
    .map(([does, a, m]): Doing => ({ does, asker: a, mentor: m })),
  { weight: 1, arbitrary: fc.constant<Doing>({ does: 'crashes' }) },
);

/** Does it, or is told kindly that it cannot be done. */
async function act({ scope, ids, community }: Cast, doing: Doing, attempt: string): Promise<void> {
  const profile = (i: number, data: object) =>
    home.database.prisma.mentorProfile.updateMany({ where: { communityId: community, memberId: ids[`mentor${i}`] ?? '' }, data });
  switch (doing.does) {
    case 'asks': {
      const wishes = { wishes: [], zone: 'UTC' };
      return beginRequest(await scope(`asker${doing.asker}`), { id: attempt, wishes, urgency: 'week', picks: [] });
    }
    case 'withdraws':
      return withdrawRequest(await scope(`asker${doing.asker}`));
    case 'answers': {
      const me = await scope(`mentor${doing.mentor}`);
      const [offer] = await myOffers(me);
      if (offer) await answerOffer(me, offer.id, doing.says);
      return;
    }
    case 'meets': {
      const me = await scope(doing.who);
      const pairing = (await myPairings(me)).find(({ state }) => state === 'introducing');
      if (pairing) await answerIntroduction(me, pairing.id, doing.says);
      return;
    }
    case 'ends': {
      const me = await scope(doing.who);
      const [pairing] = await myPairings(me);
      if (pairing) await endPairing(me, pairing.id, 'farewell');
      return;
    }
    case 'avoids': {
      const me = await scope(`asker${doing.asker}`);
      return me.db.transact((tx) => keepApart(tx, me, ids[`mentor${doing.mentor}`] ?? ''));
    }
    case 'reports':
      return reportMember(await scope(`asker${doing.asker}`), ids[`mentor${doing.mentor}`] ?? '', 'words', attempt);
    case 'pauses':
      return void (await profile(doing.mentor, { pausedUntil: FAR }));
    case 'resumes':
      return void (await profile(doing.mentor, { pausedUntil: null, heldAt: null }));
    case 'holds':
      return void (await profile(doing.mentor, { heldAt: home.clock.now() }));
    case 'shrinks':
      return void (await profile(doing.mentor, { capacity: doing.to }));
    case 'crashes':
      return begin();
    case 'passes':
      return leaps(doing.hours);
  }
}

/** What falls due is looked at, and what follows from that at once. */
async function leaps(hours: number): Promise<void> {
  home.clock.advance(hours * HOUR);
  // A tick may be one that began before time passed.
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    await engine.tick();
    // What falls due by itself each night is done beside the ticks.
    await engine.idle();
    const isDue = { wakeAt: { lte: home.clock.now() } };
    if ((await home.database.prisma.dueWork.count({ where: isDue })) === 0) return;
  }
  throw new Error('Something falls due for ever.');
}

const snapshot = async (community: string) => {
  const { prisma } = home.database;
  const where = { communityId: community };
  const offers = await prisma.pairingOffer.findMany({ where });
  const taken = await prisma.pairing.findMany({ where: { ...where, state: { not: 'ended' } } });
  const profiles = await prisma.mentorProfile.findMany({ where });
  const requests = await prisma.pairingRequest.findMany({ where });
  const work = await prisma.dueWork.findMany({ where: { ...where, kind: REQUEST } });
  const blocks = await prisma.memberBlock.findMany({ where });
  const separations = await prisma.separation.findMany({ where });
  return { offers, taken, profiles, requests, work, blocks, separations };
};
type Snapshot = Awaited<ReturnType<typeof snapshot>>;

/** What must hold whatever was done. */
function holds(before: Snapshot, after: Snapshot): void {
  const asked = new Set(before.offers.map(({ id }) => id));
  for (const profile of after.profiles) {
    const count = (s: Snapshot) => s.taken.filter(({ mentorId }) => mentorId === profile.memberId).length;
    expect(count(after)).toBeLessThanOrEqual(Math.max(count(before), profile.capacity));
  }
  for (const request of after.requests) {
    const open = after.offers.filter(({ requestId, state }) => requestId === request.id && state === 'open');
    expect(open.length).toBe(request.state === 'offered' ? 1 : 0);
    expect(after.work.filter(({ subjectId }) => subjectId === request.id).length).toBe(request.openFor === null ? 0 : 1);
    const mentors = after.offers.filter(({ requestId }) => requestId === request.id).map(({ mentorId }) => mentorId);
    expect(new Set(mentors).size).toBe(mentors.length);
  }
  for (const offer of after.offers.filter(({ id }) => !asked.has(id))) {
    const profile = before.profiles.find(({ memberId }) => memberId === offer.mentorId);
    const memberId = after.requests.find(({ id }) => id === offer.requestId)?.memberId ?? '';
    expect(profile?.heldAt).toBeNull();
    expect(profile?.pausedUntil).toBeNull();
    const isBlocked = before.blocks.some(({ memberId: by, otherId }) => by === memberId && otherId === offer.mentorId);
    const isApart = before.separations.some(
      ({ aId, bId, kind }) => kind === 'report' && [aId, bId].includes(memberId) && [aId, bId].includes(offer.mentorId),
    );
    expect(isBlocked || isApart).toBe(false);
  }
}

/** What an asker is shown never tells who was asked, nor what they said. */
async function tellsNothing({ scope, ids }: Cast): Promise<void> {
  for (let i = 0; i < ASKERS; i += 1) {
    const shown = JSON.stringify(await myRequest(await scope(`asker${i}`)));
    const { introduction } = (await myRequest(await scope(`asker${i}`))) ?? {};
    for (let m = 0; m < MENTORS; m += 1)
      if (introduction?.mentorId !== ids[`mentor${m}`]) expect(shown ?? '').not.toContain(ids[`mentor${m}`]);
    expect(shown ?? '').not.toMatch(/declined|lapsed/u);
  }
}

test('whatever people, time and crashes do, nobody is asked who must not be, nor beyond their places, and nothing stands still', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(doings, { minLength: 12, maxLength: 30 }), async (all) => {
      const people = await cast();
      let before = await snapshot(people.community);
      for (const doing of all) {
        await act(people, doing, crypto.randomUUID()).catch((error: unknown) => {
          if (!(error instanceof UserError)) throw error;
        });
        const after = await snapshot(people.community);
        holds(before, after);
        before = after;
      }
      await tellsNothing(people);
      for (let days = 0; days < 120; days += 20) await leaps(20 * 24);
      const end = await snapshot(people.community);
      expect(end.requests.filter(({ state }) => state === 'introduced' || state === 'choosing')).toEqual([]);
    }),
    // What was done is told as it was: to make it shorter would take longer than the test may.
    { numRuns: 8, endOnFailure: true },
  );
  expect(home.logged).toEqual([]);
}, 120_000);
