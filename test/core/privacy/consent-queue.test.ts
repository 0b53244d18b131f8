import { codeOf } from '../../../src/chat/ids.js';
import type { Invocation } from '../../../src/chat/index.js';
import { SILENCE } from '../../../src/core/checkins/missed/plan.js';
import { answerRequest, requestsTo } from '../../../src/core/checkins/missed/recipient.js';
import { CARD, SHARE as WRITTEN } from '../../../src/core/live/kinds.js';
import { writeShare } from '../../../src/core/live/share.js';
import { beginLive } from '../../../src/core/live/start.js';
import { SHARE } from '../../../src/core/milestones/share.js';
import { HANDED, HANDOVER } from '../../../src/core/pairing/handover/work.js';
import { SHOWN } from '../../../src/core/pairing/shares.js';
import { INTRODUCTION, MET, OFFER, OVER } from '../../../src/core/pairing/work.js';
import { type ConsentName, consentsOf } from '../../../src/core/privacy/consents.js';
import { LOST, RELAY, OVER as RELAY_OVER } from '../../../src/core/relay/kinds.js';
import { sendThrough } from '../../../src/core/relay/send.js';
import { importResources } from '../../../src/core/resources/import.js';
import { SENT } from '../../../src/core/saved/kinds.js';
import { sendResource } from '../../../src/core/saved/send.js';
import { CHAIR, LEADERLESS, NAMING_DECLINED } from '../../../src/core/sessions/work.js';
import { ASK, askKey, NEWS, SETTLED } from '../../../src/core/support/now/kinds.js';
import { keepTaps } from '../../../src/core/taps/keep.js';
import { enqueue } from '../../../src/schedule/outbox.js';
import { makeQueue, type Queue } from '../../../src/schedule/queue.js';
import { FakePlatform } from '../../schedule/support/platform.js';
import { type Agreed, agreed, LATER, NOW } from '../../support/agreed.js';
import { memoryLog } from '../../support/db.js';
import { offerTo } from '../../support/offers.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';
import { HSDS, recordsIn } from '../resources/list.js';

/** Everything that somebody can agree to is taken back while what follows from it waits to be sent; then the time comes. */

/** What is about to be sent, and, where there are several, which consent it stands on. */
interface Queued {
  readonly kind: string;
  readonly subject: string;
  readonly consent?: string;
  /** Whom it is for, where nothing is due that sends it. */
  readonly to?: string;
  readonly once?: string;
}

interface Waits {
  queue(all: Agreed): Promise<Queued>;
  /** What others hear instead, at most. */
  readonly hears?: readonly string[];
}

const first = async (rows: Promise<{ id: string } | null>): Promise<string> => (await rows)?.id ?? '';

async function askOf(all: Agreed, mine: boolean): Promise<Queued> {
  const { me, other, stranger } = all;
  const { db } = me;
  const communityId = db.communityId;
  const open = { openFor: stranger.member.id, language: 'en', askedAt: NOW, since: NOW, until: LATER };
  const request = mine
    ? await first(db.supportRequest.findFirst({ where: { openFor: me.member.id } }))
    : (await db.supportRequest.create({ data: { communityId, memberId: stranger.member.id, ...open } })).id;
  const to = mine ? other.member.id : me.member.id;
  if (mine) await db.oncallVolunteer.create({ data: { communityId, memberId: to, languages: ['en'] } });
  const row = { communityId, requestId: request, memberId: to, isCoordinator: false, round: 1, askedAt: NOW };
  const ask = await db.supportAsk.create({ data: row });
  return { kind: ASK, subject: ask.id, to, once: askKey(ask) };
}

/** The words of a plan are on their way, as they are when their author was silent. */
async function silence({ me }: Agreed, author: string, to: string): Promise<Queued> {
  const step = await me.db.missedStep.findFirstOrThrow({ where: { plan: { memberId: author } } });
  await me.db.missedPlan.updateMany({ where: { memberId: author }, data: { taken: [step.position] } });
  return { kind: SILENCE, subject: step.id, to };
}

/** Each kind of consent, and what waits because of it; or why nothing ever does. One that is new does not compile until it is here. */
const TABLE: Readonly<Record<ConsentName, readonly Waits[] | string>> = {
  thread: [
    {
      async queue({ me, other }) {
        const relay = await first(me.db.relay.findFirst());
        await sendThrough(other, relay, 'To a closed conversation', 'closed');
        return { kind: RELAY, subject: await first(me.db.relayMessage.findFirst({ where: { fromId: other.member.id } })) };
      },
      hears: [LOST],
    },
  ],
  missed: [
    {
      async queue(all) {
        const [asked] = await requestsTo(all.other);
        await answerRequest(all.other, asked?.planId ?? '', 'yes', asked?.agreement);
        return silence(all, all.me.member.id, all.other.member.id);
      },
    },
  ],
  hears: [{ queue: (all) => silence(all, all.other.member.id, all.me.member.id) }],
  shared: [{ queue: async ({ me }) => ({ kind: SHARE, subject: await first(me.db.milestone.findFirst()) }) }],
  shares: [
    {
      async queue({ me, other }) {
        const subject = await first(me.db.consent.findFirst({ where: { fact: 'share.mood' } }));
        return { kind: SHOWN, subject, to: other.member.id };
      },
    },
  ],
  introduced: [
    {
      async queue({ me }) {
        const { id, mentorId } = await me.db.pairing.findFirstOrThrow({ where: { state: 'introducing' } });
        return { kind: INTRODUCTION, subject: id, to: mentorId };
      },
      hears: [OVER.mentor],
    },
  ],
  paired: [
    {
      async queue({ me, other }) {
        const subject = await first(me.db.pairing.findFirst({ where: { menteeId: me.member.id, state: 'active' } }));
        return { kind: MET, subject, consent: subject, to: other.member.id };
      },
      hears: [OVER.mentor],
    },
  ],
  request: [
    {
      async queue({ me, other }) {
        const known = await first(me.db.pairingRequest.findFirst({ where: { memberId: me.member.id } }));
        const subject = await offerTo(me, { menteeId: me.member.id, mentorId: other.member.id, until: LATER, known });
        return { kind: OFFER, subject, to: other.member.id };
      },
    },
  ],
  profile: [
    {
      async queue({ me, stranger }) {
        const subject = await offerTo(me, { menteeId: stranger.member.id, mentorId: me.member.id, until: LATER });
        return { kind: OFFER, subject, to: me.member.id };
      },
    },
  ],
  handover: [
    {
      async queue({ me, other }) {
        const subject = await first(me.db.handover.findFirst({ where: { toId: other.member.id } }));
        return { kind: HANDOVER, subject, consent: subject, to: other.member.id, once: `${HANDOVER}:${subject}:colleague` };
      },
    },
    {
      async queue({ me }) {
        const row = await me.db.handover.findFirstOrThrow({ where: { toId: me.member.id }, include: { pairing: true } });
        const { id: subject, pairing } = row;
        return { kind: HANDOVER, subject, consent: subject, to: pairing.menteeId, once: `${HANDOVER}:${subject}:mentee` };
      },
      hears: [HANDED],
    },
  ],
  takes: [
    {
      async queue({ me, other }) {
        await importResources(me.db, { source: { name: 'County' }, records: recordsIn(HSDS.contents), now: NOW });
        const pairing = await first(me.db.pairing.findFirst({ where: { menteeId: me.member.id, state: 'active' } }));
        await sendResource(other, pairing, await first(me.db.resource.findFirst({ where: { retiredAt: null } })));
        return { kind: SENT, subject: await first(me.db.sentResource.findFirst()) };
      },
    },
  ],
  relay: [
    {
      async queue({ me }) {
        await sendThrough(me, await first(me.db.relay.findFirst()), 'On its way', 'mine');
        return { kind: RELAY, subject: await first(me.db.relayMessage.findFirst({ where: { fromId: me.member.id } })) };
      },
      hears: [RELAY_OVER, LOST],
    },
  ],
  asking: [{ queue: (all) => askOf(all, true), hears: [SETTLED] }],
  listed: 'the roster is drawn when somebody looks at it',
  oncall: [{ queue: (all) => askOf(all, false), hears: [NEWS] }],
  named: 'the chair sees names when they look at the date',
  serves: [
    {
      async queue({ me }) {
        const date = await me.db.occurrence.findFirstOrThrow();
        const row = { occurrenceId: date.id, memberId: me.member.id, isCover: false, startsAt: date.startsAt, askedAt: NOW };
        const { id } = await me.db.chairAsk.create({ data: { communityId: me.community.id, ...row } });
        return { kind: CHAIR, subject: id, to: me.member.id };
      },
      hears: [NAMING_DECLINED, LEADERLESS],
    },
  ],
  written: [
    {
      async queue({ me }) {
        const { sessionId } = await me.db.occurrence.findFirstOrThrow();
        const date = { sessionId, local: '2027-05-03T12:00', zone: 'UTC', startsAt: NOW, minutes: 60 };
        const { id: occurrence } = await me.db.occurrence.create({ data: { communityId: me.community.id, ...date } });
        const live = await beginLive(me, { occurrence, script: 'open', shareMinutes: 3, channel: 'c-live' });
        await writeShare(me, live.id, 'What I wrote', true);
        return { kind: WRITTEN, subject: await first(me.db.share.findFirst({ where: { liveId: live.id } })) };
      },
      // The card of the session, which has begun, is everybody's.
      hears: [CARD],
    },
  ],
  answers: 'they are in the card of their question, which is drawn of what is there at that moment (test/core/groups.test.ts)',
  attendance: 'nobody is told; a slip is made when its owner asks for it',
  link: 'a calendar fetches it',
  exportLink: 'its owner fetches it',
};

const WAITING = (Object.keys(TABLE) as ConsentName[]).flatMap((kind) => {
  const waits = TABLE[kind];
  return typeof waits === 'string'
    ? []
    : waits.map((one, at) => ({ name: waits.length > 1 ? `${kind} ${at + 1}` : kind, kind, ...one }));
});

let home: TestWorld;
/** What was queued of each, and in which community it was taken back. */
const taken = new Map<string, Queued & { readonly community: string; readonly answer: string }>();
const kept = new Map<string, Queued>();
let control = '';
/** Where nothing was taken back and nothing more was said. */
let calm = '';
let queue: Queue;

async function put(all: Agreed, queued: Queued): Promise<Queued> {
  const { kind, subject: subjectId, to: memberId, once = `${kind}:${subjectId}` } = queued;
  if (memberId === undefined) return queued;
  const row = { communityId: all.me.community.id, kind, subjectId, memberId, platform: 'playground' as const, once };
  await home.database.prisma.$transaction((tx) => enqueue(tx, queue, [{ ...row, dueAt: NOW, expiresAt: LATER }], NOW));
  return queued;
}

async function cast(): Promise<Agreed> {
  const all = await agreed(home);
  // Its script is made up, and opens with no key.
  await all.me.db.liveSession.deleteMany();
  return all;
}

/** As it is pressed on the screen of consents. */
async function takeBack({ me }: Agreed, kind: ConsentName, { consent, subject }: Queued): Promise<string> {
  const of = (await consentsOf(me)).filter((one) => one.kind === kind);
  const { id } = of.find((one) => one.id === (consent ?? subject)) ?? of[0] ?? { id: '' };
  const [token] = await keepTaps(me, [{ path: 'privacy.consent-back', input: { kind, id }, isPrivate: true }]);
  const { externalId } = await me.db.identity.findFirstOrThrow({ where: { memberId: me.member.id } });
  const call: Invocation = {
    ...{ platform: 'playground', user: { id: externalId }, space: { id: me.space?.externalId ?? '' } },
    said: { kind: 'press', id: `${codeOf(['privacy', 'consent-back'])}.e0.${token}` },
    standing: async () => ({ admin: false, roles: [] }),
  };
  return JSON.stringify((await home.router.run(call, platform.can)).blocks);
}

const platform = new FakePlatform({ privateThreads: true });
platform.answer = ({ to, once }) =>
  to.kind === 'direct' && once.startsWith(RELAY) && to.user.startsWith('me-') ? { ok: false, why: 'closed' } : undefined;

beforeAll(async () => {
  home = await makeTestWorld();
  home.clock.advance(NOW.getTime() - home.clock.now().getTime());
  queue = makeQueue(home.database, memoryLog());
  await queue.start();
  const all = await cast();
  control = all.me.community.id;
  for (const { name, queue: waits } of WAITING) kept.set(name, await put(all, await waits(all)));
  for (const { name, kind, queue: waits } of WAITING) {
    const mine = await cast();
    const queued = await put(mine, await waits(mine));
    const answer = await takeBack(mine, kind, queued);
    taken.set(name, { ...queued, community: mine.me.community.id, answer });
  }
  calm = (await cast()).me.community.id;
  await queue.stop();
  await home.connect([platform]);
  await home.passes(60_000);
}, 120_000);
afterAll(() => home.close());

const sentOf = (communityId: string) =>
  home.database.prisma.delivery.findMany({ where: { communityId, state: 'sent' }, select: { kind: true, subjectId: true } });

test('where nothing waits it is said why', () => {
  for (const why of Object.values(TABLE)) if (typeof why === 'string') expect(why).toMatch(/\w{4}/u);
  expect(new Set(WAITING.map(({ kind }) => kind)).size).toBe(16);
});

test.each(WAITING)(
  '$name: what waited is sent to nobody, and others hear at most that it ended',
  async ({ name, hears = [] }) => {
    const [still, gone] = [kept.get(name), taken.get(name)];
    expect(await sentOf(control)).toContainEqual({ kind: still?.kind, subjectId: still?.subject });
    const sent = await sentOf(gone?.community ?? '');
    expect(sent.filter(({ subjectId, kind }) => subjectId === gone?.subject && kind === gone?.kind)).toEqual([]);
    const usual = new Set([...(await sentOf(control)), ...(await sentOf(calm))].map(({ kind }) => kind));
    expect(sent.map(({ kind }) => kind).filter((kind) => !usual.has(kind) && !hears.includes(kind))).toEqual([]);
  },
);

test('nothing was troubled by it', () => {
  expect(home.logged).toEqual([]);
});
