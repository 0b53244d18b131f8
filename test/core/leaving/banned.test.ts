import { randomUUID } from 'node:crypto';
import type { Capabilities, Invocation, Message } from '../../../src/chat/index.js';
import type { Membership } from '../../../src/chat/membership.js';
import { planOf } from '../../../src/core/checkins/missed/plan.js';
import { answerRequest, requestsTo } from '../../../src/core/checkins/missed/recipient.js';
import { savePlan } from '../../../src/core/checkins/missed/save.js';
import { makeLink } from '../../../src/core/feeds/link.js';
import { banned } from '../../../src/core/leaving/banned.js';
import { LOOK, WORD } from '../../../src/core/leaving/kinds.js';
import { lookWhoIsThere } from '../../../src/core/leaving/look.js';
import { raise } from '../../../src/core/live/raise.js';
import { beginLive } from '../../../src/core/live/start.js';
import { enter } from '../../../src/core/members/enter.js';
import { noteUnreached } from '../../../src/core/members/unreached.js';
import { answerOffer, myOffers } from '../../../src/core/pairing/answer.js';
import { beginRequest } from '../../../src/core/pairing/request.js';
import { ENDED } from '../../../src/core/privacy/ending.js';
import { RELAY } from '../../../src/core/relay/kinds.js';
import { openRelay } from '../../../src/core/relay/open.js';
import { wordsOf } from '../../../src/core/relay/passing.js';
import { sendThrough } from '../../../src/core/relay/send.js';
import type { Scope } from '../../../src/core/scope.js';
import { answerAsk } from '../../../src/core/support/now/answer.js';
import { SETTLED } from '../../../src/core/support/now/kinds.js';
import { askForSomeone } from '../../../src/core/support/now/start.js';
import { addShift } from '../../../src/core/support/oncall/add.js';
import { heldBack } from '../../../src/core/support/oncall/kept-from.js';
import { makeFeeds } from '../../../src/feeds.js';
import { noticeTo } from '../../../src/notices/context.js';
import { volunteer } from '../../support/mentors.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';
import { makeSession } from '../sessions/support.js';

/** Somebody is removed or banned from a server, and still has its bot's messages in their direct conversation. */

const MINUTE = 60_000;
let home: TestWorld;
const gone = new Set<string>();
let asked = 0;
let answers = true;

beforeAll(async () => {
  home = await makeTestWorld();
  const membership: Membership = {
    async isMember(_space, account) {
      asked += 1;
      return answers ? { ok: true, isMember: !gone.has(account) } : { ok: false, why: 'busy' };
    },
    watch: () => undefined,
  };
  Object.assign(home.world.memberships ?? {}, { discord: membership });
});
afterAll(() => home.close());
beforeEach(() => {
  gone.clear();
  asked = 0;
  answers = true;
});

let guilds = 0;
async function cast() {
  guilds += 1;
  const as = (userId: string) =>
    enter(home.world, { platform: 'discord', userId: `${userId}${guilds}`, space: { id: `G${guilds}` } }, home.clock.now());
  const [nel, mira, max] = [await as('nel'), await as('mira'), await as('max')];
  for (const { member, community, now } of [mira, max])
    await volunteer(home.world, { communityId: community.id, memberId: member.id, now }, {}, { capacity: 2 });
  const account = (name: string) => `${name}${guilds}`;
  home.clock.advance(11 * MINUTE);
  return { nel, mira, max, as, account };
}
const ask = (who: Scope, pick: Scope) =>
  beginRequest(who, { id: randomUUID(), wishes: { wishes: [], zone: 'UTC' }, urgency: 'week', picks: [pick.member.id] });
const memberOf = ({ member }: Scope) => home.database.prisma.member.findUniqueOrThrow({ where: { id: member.id } });

const can: Capabilities = { formFields: 5, fileBytes: 9_000_000, fieldErrors: true, completion: true, zone: false };
/** Says it in the direct conversation, where no guild is told. */
async function says(account: string, root: string, sub?: string): Promise<string> {
  const call: Invocation = {
    platform: 'discord',
    said: { kind: 'call', path: sub ? [root, sub] : [root], input: {} },
    user: { id: account },
    standing: async () => ({ admin: false, roles: [] }),
  };
  const answer: Message = await home.router.run(call, can);
  return JSON.stringify(answer);
}

test('in a direct message the platform is asked, and who is gone can do nothing but with what is theirs', async () => {
  const { nel, account } = await cast();
  expect(await says(account('nel'), 'sponsor', 'status')).not.toContain('closed to you');
  expect(asked).toBe(1);
  await says(account('nel'), 'sponsor', 'status');
  expect(asked).toBe(1);
  gone.add(account('nel'));
  home.clock.advance(11 * MINUTE);
  for (const [root, sub] of [
    ['sponsor', 'status'],
    ['support', 'now'],
    ['mentor', 'offers'],
    ['checkin', 'now'],
  ] as const)
    expect(await says(account('nel'), root, sub)).toContain('closed to you');
  expect(await memberOf(nel)).toMatchObject({ leftAt: expect.any(Date) });
  for (const [root, sub] of [['privacy', 'show'], ['privacy', 'erase'], ['help'], ['crisis']] as const)
    expect(await says(account('nel'), root, sub)).not.toContain('closed to you');
});

test('where the platform cannot say it, what is known holds', async () => {
  const { nel, account } = await cast();
  answers = false;
  expect(await says(account('nel'), 'sponsor', 'status')).not.toContain('closed to you');
  expect(await memberOf(nel)).toMatchObject({ leftAt: null });
});

test('a mentor who is gone is offered no more, and whom they were being asked about goes on to somebody else', async () => {
  const { nel, mira, max, account } = await cast();
  await ask(nel, mira);
  expect(await myOffers(mira)).toHaveLength(1);
  gone.add(account('mira'));
  await says(account('mira'), 'mentor', 'offers');
  const engine = await home.connect([]);
  await engine.tick();
  await home.disconnect();
  expect(await myOffers(mira)).toHaveLength(0);
  expect(await myOffers(max)).toHaveLength(1);
  expect((await heldBack(nel.db, home.clock.now())).has(mira.member.id)).toBe(true);
});

describe('of what goes on with others', () => {
  const bans = async (account: string) => {
    gone.add(account);
    await says(account, 'sponsor', 'status');
  };
  const asksForSomeone = async () => {
    const known = await cast();
    const { nel, mira, max } = known;
    const daily = { days: ['daily'], from: '0:00', to: '0:00', zone: 'UTC' } as const;
    for (const one of [mira, max]) await addShift({ ...one, roles: new Set(['mentor']) }, daily);
    await askForSomeone(nel, { language: 'en' });
    await tick();
    const asks = () => nel.db.supportAsk.findMany({ orderBy: { memberId: 'asc' } });
    const askOf = async ({ member }: Scope) => (await asks()).find(({ memberId }) => memberId === member.id);
    return { ...known, askOf, request: () => nel.db.supportRequest.findFirstOrThrow() };
  };
  const tick = async () => {
    const engine = await home.connect([]);
    await engine.tick();
    await home.disconnect();
  };
  const told = async ({ db, member }: Scope) =>
    (await db.delivery.findMany({ where: { memberId: member.id } })).map(({ kind }) => kind);

  test('a search for somebody to talk to is taken back, and who was asked hears that it is over', async () => {
    const { mira, account, askOf, request } = await asksForSomeone();
    expect(await askOf(mira)).toMatchObject({ said: null });
    await bans(account('nel'));
    expect(await request()).toMatchObject({ ended: 'withdrawn', openFor: null });
    await tick();
    expect(await told(mira)).toContain(SETTLED);
  });

  test('who said yes and is gone is replaced, and who waits hears it; nobody waits for who has not answered', async () => {
    const { nel, mira, max, account, askOf, request } = await asksForSomeone();
    await answerAsk(mira, (await askOf(mira))?.id ?? '', 'yes');
    expect((await request()).relayId).not.toBeNull();
    await bans(account('mira'));
    expect(await request()).toMatchObject({ endedAt: null, relayId: null });
    expect(await askOf(mira)).toMatchObject({ said: 'no' });
    expect(await nel.db.relay.count({ where: { closedAt: null } })).toBe(0);
    await tick();
    expect(await told(nel)).toContain(ENDED.volunteer);
    await bans(account('max'));
    expect(await askOf(max)).toMatchObject({ said: 'unreached' });
  });

  test('nothing is passed on any more, nor what is on its way, and the other hears only that it ended', async () => {
    const { nel, mira, account } = await cast();
    const { db, now } = nel;
    const between = { a: nel.member.id, b: mira.member.id, purpose: 'pairing' as const };
    const relay = await db.transact((tx) => openRelay(tx, between, now));
    await sendThrough(mira, relay, 'come to my house', 'attempt');
    await bans(account('mira'));
    expect(await sendThrough(nel, relay, 'are you there', 'attempt')).toBe('closed');
    const { id } = await db.relayMessage.findFirstOrThrow();
    expect(await wordsOf(nel, id)).toBeUndefined();
    await tick();
    const kinds = await told(nel);
    expect(kinds.filter((kind) => kind !== RELAY)).toEqual([ENDED.relay]);
  });

  test('a plan for quiet days that named them tells nobody in silence: its writer hears of it', async () => {
    const { nel, mira, account } = await cast();
    const steps = [{ afterMissed: 2, waitMinutes: 0, words: 'Please call me.', account: account('mira') }];
    await savePlan(nel, steps, { platform: 'discord', userId: account('nel') });
    const [asked] = await requestsTo(mira);
    await answerRequest(mira, asked?.planId ?? '', 'yes', asked?.agreement);
    await bans(account('mira'));
    expect(await planOf(nel)).toBeUndefined();
    await tick();
    expect(await told(nel)).toContain(ENDED.plan);
  });

  test('in a session that goes on a hand goes down, and whoever leads it hands it over', async () => {
    const { nel, mira, max, account } = await cast();
    const leads = { chairId: nel.member.id, coChairId: max.member.id };
    const session = await makeSession(home, nel, { ...leads, channelId: 'C1' });
    const { communityId } = nel.db;
    const date = { communityId, sessionId: session.id, local: '2026-03-03T19:00', zone: 'UTC', startsAt: nel.now, minutes: 60 };
    const { id: occurrence } = await nel.db.occurrence.create({ data: date });
    const { id: live } = await beginLive(nel, { occurrence, script: 'open', shareMinutes: 3 });
    await raise(mira, live);
    await bans(account('mira'));
    expect(await nel.db.hand.count()).toBe(0);
    await bans(account('nel'));
    expect(await nel.db.liveSession.findFirstOrThrow()).toMatchObject({ endedAt: null, chairId: max.member.id, coChairId: null });
  });

  test('an introduction to somebody who is gone comes to nothing, and it goes on to somebody else', async () => {
    const { nel, mira, max, account } = await cast();
    await ask(nel, mira);
    const [offer] = await myOffers(mira);
    await answerOffer(mira, offer?.id ?? '', 'yes');
    expect(await nel.db.pairing.count({ where: { state: 'introducing' } })).toBe(1);
    await bans(account('mira'));
    expect(await nel.db.pairing.count({ where: { state: 'introducing' } })).toBe(0);
    await tick();
    expect(await myOffers(max)).toHaveLength(1);
  });
});

test('what somebody asked for is over with them, and nothing but their own note is told them until they are back', async () => {
  const { nel, mira, as, account } = await cast();
  await ask(nel, mira);
  gone.add(account('nel'));
  await says(account('nel'), 'sponsor', 'status');
  expect(await myOffers(mira)).toHaveLength(0);
  const told = (kind: string) => {
    const { communityId } = nel.db;
    const row = { id: randomUUID(), communityId, memberId: nel.member.id, kind, subjectId: nel.member.id, platform: 'discord' };
    return noticeTo(home.world, row as never, home.clock.now());
  };
  expect(await told('checkin.prompt')).toBeUndefined();
  expect(await told(WORD)).toBeDefined();
  gone.delete(account('nel'));
  await as('nel');
  expect(await told('checkin.prompt')).toBeDefined();
  expect(await memberOf(nel)).toMatchObject({ leftAt: null });
});

test('a calendar link tells who is gone nothing, and works again when they are back', async () => {
  const { nel, as, account } = await cast();
  await makeSession(home, nel, { channelId: 'C1' });
  const token = await makeLink(nel, true);
  const read = () => makeFeeds(home.world, home.clock).calendar(token);
  expect(await read()).toContain('BEGIN:VEVENT');
  gone.add(account('nel'));
  await says(account('nel'), 'sponsor', 'status');
  expect(await read()).toBeUndefined();
  gone.delete(account('nel'));
  await as('nel');
  expect(await read()).toContain('BEGIN:VEVENT');
});

test('a message that could not reach somebody has them asked for now, not in a week; and once an hour', async () => {
  const { nel, account } = await cast();
  home.clock.advance(60 * MINUTE);
  const now = home.clock.now();
  gone.add(account('nel'));
  const fails = () =>
    home.database.prisma.$transaction((tx) =>
      noteUnreached(tx, { communityId: nel.db.communityId, memberId: nel.member.id }, 'closed', now),
    );
  await fails();
  const work = await nel.db.dueWork.findFirstOrThrow({ where: { kind: LOOK } });
  expect(work.dueAt).toEqual(now);
  await lookWhoIsThere(home.world, { communityId: nel.db.communityId }, now, AbortSignal.timeout(60_000));
  expect(await memberOf(nel)).toMatchObject({ leftAt: now });

  const other = await cast();
  await home.database.prisma.member.update({ where: { id: other.nel.member.id }, data: { thereAt: home.clock.now() } });
  await home.database.prisma.$transaction((tx) =>
    noteUnreached(tx, { communityId: other.nel.db.communityId, memberId: other.nel.member.id }, 'closed', home.clock.now()),
  );
  expect((await other.nel.db.dueWork.findFirstOrThrow({ where: { kind: LOOK } })).dueAt > home.clock.now()).toBe(true);
});

test('who is banned is gone at once where the platform tells it, unless they are in another place of the community', async () => {
  const { nel, mira, account } = await cast();
  const now = home.clock.now();
  const [ours, other] = [`G${guilds}`, `H${guilds}`];
  const bansFrom = (externalId: string, who: string) =>
    banned(home.world, { platform: 'discord', externalId }, account(who), now);
  await bansFrom('an unknown guild', 'nel');
  await bansFrom(ours, 'nobody');
  expect(await memberOf(nel)).toMatchObject({ leftAt: null });
  await Promise.all([bansFrom(ours, 'nel'), bansFrom(ours, 'nel')]);
  expect(await memberOf(nel)).toMatchObject({ leftAt: now });
  expect(asked).toBe(0);

  const { communityId } = mira.db;
  await home.database.prisma.space.create({ data: { communityId, platform: 'discord', externalId: other } });
  await bansFrom(ours, 'mira');
  expect(await memberOf(mira)).toMatchObject({ leftAt: null });
  expect(asked).toBe(1);
  answers = false;
  await bansFrom(ours, 'mira');
  expect(await memberOf(mira)).toMatchObject({ leftAt: null });
  expect(await mira.db.dueWork.findFirstOrThrow({ where: { kind: LOOK } })).toMatchObject({ dueAt: now });
});
