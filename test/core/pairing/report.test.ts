import { randomUUID } from 'node:crypto';
import { apartFrom, keepApart } from '../../../src/core/members/apart.js';
import { grant } from '../../../src/core/members/grant.js';
import { coordinatorsKnown } from '../../../src/core/members/named.js';
import { answerOffer, myOffers } from '../../../src/core/pairing/answer.js';
import { endPairing, endPairingOfRelay } from '../../../src/core/pairing/end.js';
import { keepTwoApart, keptApart } from '../../../src/core/pairing/keep-apart.js';
import { reportMember } from '../../../src/core/pairing/report.js';
import { closeReport, openReports } from '../../../src/core/pairing/reports.js';
import { beginRequest } from '../../../src/core/pairing/request.js';
import { talkAgain } from '../../../src/core/pairing/talk.js';
import { reportsTogether } from '../../../src/core/pairing/together.js';
import { OVER, REPORT } from '../../../src/core/pairing/work.js';
import { ENDED } from '../../../src/core/privacy/ending.js';
import { eraseMember } from '../../../src/core/privacy/erase.js';
import { closeRelay, endRelay } from '../../../src/core/relay/close.js';
import { openRelay } from '../../../src/core/relay/open.js';
import type { Scope } from '../../../src/core/scope.js';
import { makeNotices } from '../../../src/notices/index.js';
import type { Delivery } from '../../../src/schedule/kinds.js';
import { makeDirect } from '../../support/direct.js';
import { volunteer } from '../../support/mentors.js';
import { openCommunities } from '../../support/newcomers.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

const WORDS = 'They asked me for money.';
let home: TestWorld;
const newCommunity = openCommunities(() => home);
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

/** Nel, who reports; Mira, who serves and is reported; Carla and Cosmo, who coordinate. Each test has a community of its own. */
async function cast() {
  const as = newCommunity();
  const [nel, mira, carla, cosmo] = [await as('nel'), await as('mira'), await as('carla', true), await as('cosmo', true)];
  const { id: communityId } = nel.community;
  await volunteer(home.world, { communityId, memberId: mira.member.id, now: nel.now }, {}, { capacity: 2 });
  return { nel, mira, carla, cosmo, as };
}

/** The two are paired and write to each other. */
async function pairUp(nel: Scope, mira: Scope) {
  const { db, now } = nel;
  const between = { a: nel.member.id, b: mira.member.id, purpose: 'pairing' as const };
  const relayId = await db.transact((tx) => openRelay(tx, between, now));
  const about = { communityId: db.communityId, menteeId: nel.member.id, mentorId: mira.member.id };
  return db.pairing.create({ data: { ...about, state: 'active', startedAt: now, introBy: now, relayId } });
}

test('a report ends what the two have, holds offers, keeps the two apart, and is one report however often it is sent', async () => {
  const { nel, mira } = await cast();
  const pairing = await pairUp(nel, mira);
  await reportMember(nel, mira.member.id, WORDS, 'attempt');
  await reportMember(nel, mira.member.id, WORDS, 'attempt');
  const { db } = nel;
  expect(await db.memberReport.count()).toBe(1);
  expect((await db.pairing.findFirstOrThrow({ where: { id: pairing.id } })).state).toBe('ended');
  expect(await db.relay.count({ where: { closedAt: null } })).toBe(0);
  expect((await db.mentorProfile.findFirstOrThrow()).heldAt).not.toBeNull();
  expect(await apartFrom(db, mira.member.id)).toEqual(new Set([nel.member.id]));
  expect(await db.dueWork.count({ where: { kind: REPORT } })).toBe(1);
  const rows = JSON.stringify([await db.memberReport.findMany(), await db.dueWork.findMany(), await db.auditEvent.findMany()]);
  expect(rows).not.toContain('money');
});

test('a report in the middle of an introduction: who asked goes on, with somebody else', async () => {
  const { nel, mira, as } = await cast();
  const max = await as('max');
  const { db, now } = nel;
  await volunteer(home.world, { communityId: db.communityId, memberId: max.member.id, now });
  await beginRequest(nel, {
    id: randomUUID(),
    wishes: { wishes: [], zone: 'UTC' },
    urgency: 'week',
    picks: [mira.member.id],
  });
  const [offer] = await myOffers(mira);
  await answerOffer(mira, offer?.id ?? '', 'yes');
  await reportMember(nel, mira.member.id, WORDS, 'attempt');
  const engine = await home.connect([]);
  await engine.tick();
  expect(await db.pairingRequest.findFirstOrThrow()).toMatchObject({ state: 'offered' });
  expect(await myOffers(max)).toHaveLength(1);
  await home.disconnect();
});

test('coordinators read it, but not one whom it is about, who cannot close it either', async () => {
  const { nel, carla, cosmo } = await cast();
  await reportMember(nel, carla.member.id, WORDS, 'one');
  expect((await openReports(cosmo)).map(({ words }) => words)).toEqual([WORDS]);
  expect(await openReports(carla)).toEqual([]);
  const { id } = await nel.db.memberReport.findFirstOrThrow();
  await expect(closeReport(carla, id, 'cleared')).rejects.toMatchObject({ key: 'sponsor.report.closed' });
  const audit = await nel.db.auditEvent.findMany();
  expect(audit.map(({ actorId, action }) => [actorId, action])).toEqual([[cosmo.member.id, 'report.read']]);
  await closeReport(cosmo, id, 'upheld');
  await expect(closeReport(cosmo, id, 'cleared')).rejects.toMatchObject({ key: 'sponsor.report.closed' });
});

test('when who reported is erased, those who coordinate hear that it is closed, but not one whom it was about', async () => {
  const { nel, mira, carla, cosmo, as } = await cast();
  const ben = await as('ben');
  const told = async () => (await nel.db.dueWork.findMany({ where: { kind: ENDED.report } })).map(({ subjectId }) => subjectId);
  await reportMember(nel, carla.member.id, WORDS, 'one');
  await eraseMember(nel, nel.member.id, nel.now);
  expect(await told()).toEqual([cosmo.member.id]);
  await reportMember(ben, mira.member.id, WORDS, 'two');
  await eraseMember(ben, ben.member.id, ben.now);
  expect((await told()).sort()).toEqual([carla.member.id, cosmo.member.id].sort());
});

test('cleared, offers go on once no other report is open; upheld, they never do; the two stay apart in any case', async () => {
  const { nel, mira, carla, cosmo, as } = await cast();
  const ben = await as('ben');
  await reportMember(nel, mira.member.id, WORDS, 'one');
  await reportMember(ben, mira.member.id, WORDS, 'two');
  const profile = () => nel.db.mentorProfile.findFirstOrThrow();
  const [first, second] = await openReports(carla);
  await closeReport(carla, first?.id ?? '', 'cleared');
  expect((await profile()).heldAt).not.toBeNull();
  await closeReport(cosmo, second?.id ?? '', 'cleared');
  expect((await profile()).heldAt).toBeNull();
  expect((await apartFrom(nel.db, nel.member.id)).has(mira.member.id)).toBe(true);
  await reportMember(ben, mira.member.id, WORDS, 'three');
  await closeReport(carla, (await openReports(carla))[0]?.id ?? '', 'upheld');
  expect(await profile()).toMatchObject({ heldAt: expect.any(Date), endedAt: expect.any(Date) });
});

test('not about oneself, and not without end', async () => {
  const { nel, mira } = await cast();
  await expect(reportMember(nel, nel.member.id, WORDS, 'x')).rejects.toMatchObject({ key: 'sponsor.report.self' });
  for (let i = 0; i < 5; i += 1) await reportMember(nel, mira.member.id, WORDS, `${i}`);
  await expect(reportMember(nel, mira.member.id, WORDS, 'six')).rejects.toMatchObject({ key: 'sponsor.report.often' });
});

test('who coordinates by running the workspace is known from when they acted until they do so without it', async () => {
  const { nel, carla, cosmo, as } = await cast();
  const known = () => coordinatorsKnown(nel.db, nel.community.id, home.clock.now());
  expect([...(await known())].sort()).toEqual([carla.member.id, cosmo.member.id].sort());
  await as('cosmo', false);
  expect(await known()).toEqual([carla.member.id]);
  home.clock.advance(61 * 24 * 3_600_000);
  expect(await known()).toEqual([]);
});

test('who may coordinate no more is told of nothing from then on, however they were seen to do so', async () => {
  const { nel, mira, carla, cosmo } = await cast();
  const known = async () => [...(await coordinatorsKnown(nel.db, nel.community.id, nel.now))].sort();
  const ids = (...scopes: Scope[]) => scopes.map(({ member }) => member.id).sort();
  const name = (...people: string[]) => grant(carla, 'coordinator', { people, groups: ['group'] });
  expect(await known()).toEqual(ids(carla, cosmo));
  await name('nel', 'mira');
  expect(await known()).toEqual(ids(nel, mira));
  await nel.db.member.updateMany({ where: { id: { in: ids(cosmo, mira) } }, data: { coordinatesAt: nel.now } });
  await name('nel', 'mira', 'carla');
  expect(await known()).toEqual(ids(nel, mira, carla, cosmo));
  await name('nel', 'carla');
  expect(await known()).toEqual(ids(nel, carla));
});

test('facilitators keep two apart; who is one of them does not learn of it', async () => {
  const { nel, mira, carla } = await cast();
  const pair = [nel.member.id, mira.member.id] as const;
  await keepTwoApart(carla, pair, true);
  await keepTwoApart(carla, pair, true);
  expect(await keptApart(carla)).toHaveLength(1);
  expect(await keptApart(mira)).toEqual([]);
  await keepTwoApart(carla, pair, false);
  expect(await apartFrom(nel.db, nel.member.id)).toEqual(new Set());
  expect(await nel.db.auditEvent.count()).toBe(3);
});

test('a conversation that one closed is opened again while they are paired; never again ends what they have, quietly', async () => {
  const { nel, mira } = await cast();
  const { db, now } = nel;
  const pairing = await pairUp(nel, mira);
  await db.transact((tx) => closeRelay(tx, pairing.relayId ?? '', { by: mira.member.id }, now));
  await talkAgain(nel, pairing.id);
  await talkAgain(mira, pairing.id);
  expect(await db.relay.count({ where: { closedAt: null } })).toBe(1);
  const { relayId } = await db.pairing.findFirstOrThrow();
  await endRelay(mira, relayId ?? '', true);
  expect(await apartFrom(db, nel.member.id)).toEqual(new Set([mira.member.id]));
  await endPairingOfRelay(mira, relayId ?? '');
  expect((await db.pairing.findFirstOrThrow()).state).toBe('ended');
  expect(await db.dueWork.count({ where: { kind: { startsWith: 'pairing.over' } } })).toBe(0);
  await expect(talkAgain(nel, pairing.id)).rejects.toMatchObject({ key: 'sponsor.pairing.over' });
});

test.each([
  ['their own wish', (nel: Scope, mira: Scope) => mira.db.transact((tx) => keepApart(tx, mira, nel.member.id))],
  ['those who facilitate', (nel: Scope, mira: Scope, carla: Scope) => keepTwoApart(carla, [nel.member.id, mira.member.id], true)],
])('who is kept apart by %s is left no last words, also where they wait to be sent', async (_, apart) => {
  const { nel, mira, carla } = await cast();
  const { id } = await pairUp(nel, mira);
  await endPairing(nel, id, 'You will regret this.');
  const over = makeNotices(home.world)[OVER.mentor];
  const about = { communityId: nel.community.id, subjectId: id, memberId: mira.member.id, platform: 'slack' };
  const shown = async () => JSON.stringify(await over?.render?.(about as unknown as Delivery, mira.now));
  expect(await shown()).toContain('regret');
  await apart(nel, mira, carla);
  expect(await shown()).toContain('reply');
  expect(await shown()).not.toContain('regret');
});

describe('reports that come together', () => {
  const HOUR = 3_600_000;
  const at = (scope: Scope, hours: number): Scope => ({ ...scope, now: new Date(scope.now.getTime() + hours * HOUR) });
  const seenBy = async (reader: Scope) =>
    reportsTogether(
      reader,
      (await openReports(reader)).map(({ id }) => id),
    );
  /** What the one who coordinates is written about the newest report. */
  async function written(reader: Scope): Promise<string> {
    const newest = await reader.db.memberReport.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
    const delivery = { kind: REPORT, subjectId: newest.id, communityId: newest.communityId, memberId: reader.member.id };
    const kind = makeNotices(home.world)[REPORT];
    return JSON.stringify(await kind?.render?.({ ...delivery, platform: 'slack', id: 'x', tries: 0 } as never, reader.now));
  }

  test('about the same member, from three and within a day: coordinators hear that, and never who', async () => {
    const { mira, carla, as } = await cast();
    const many = await Promise.all(['one', 'two', 'three', 'four'].map((name) => as(name)));
    const [one, two, three, four] = many as [Scope, Scope, Scope, Scope];
    await reportMember(one, mira.member.id, WORDS, 'a');
    await reportMember(at(one, 0.5), mira.member.id, WORDS, 'again');
    await reportMember(at(two, 20), mira.member.id, WORDS, 'b');
    await reportMember(at(three, 25), mira.member.id, WORDS, 'c');
    expect(await written(carla)).not.toContain('several reports');
    expect(await seenBy(carla)).toEqual({ about: [], by: [] });

    await reportMember(at(four, 26), mira.member.id, WORDS, 'd');
    expect(await written(carla)).toContain('several reports that came together');
    for (const { member } of [...many, mira]) expect(await written(carla)).not.toContain(member.id);
    expect(await seenBy(carla)).toEqual({ about: [{ memberId: mira.member.id, people: 3 }], by: [] });

    // One that was looked into still tells of those that came with it; one of another week does not.
    for (const { id } of (await openReports(carla)).slice(0, -1)) await closeReport(carla, id, 'cleared');
    expect((await seenBy(carla)).about).toEqual([{ memberId: mira.member.id, people: 3 }]);
    for (const { id } of await openReports(carla)) await closeReport(carla, id, 'cleared');
    await reportMember(at(one, 100), mira.member.id, WORDS, 'e');
    expect(await seenBy(carla)).toEqual({ about: [], by: [] });
  });

  test('from one about many: that it was one, not who or whom, and not to somebody who is one of them and would learn of it', async () => {
    const { nel, mira, carla, cosmo, as } = await cast();
    const max = await as('max');
    for (const reported of [mira, max, carla]) await reportMember(nel, reported.member.id, WORDS, reported.member.id);
    expect(await seenBy(cosmo)).toEqual({ about: [], by: [3] });
    expect(await written(cosmo)).toContain('several reports');
    expect(await seenBy(carla)).toEqual({ about: [], by: [] });
  });

  test('is said above the list, without who reported many', async () => {
    const { nel, mira, as } = await cast();
    for (const who of await Promise.all(['one', 'two', 'three'].map((name) => as(name))))
      await reportMember(who, mira.member.id, WORDS, 'a');
    for (const name of ['max', 'pia', 'kim']) await reportMember(nel, (await as(name)).member.id, WORDS, name);
    const direct = makeDirect(home);
    const actor = { platform: 'slack', id: 'carla', space: nel.space?.externalId ?? '', admin: true } as const;
    const { blocks } = await direct.run(actor, { kind: 'call', path: ['pairing', 'reports'], input: {} });
    const [, together, weigh] = blocks;
    expect(JSON.stringify(together)).toMatch(/"mention":"mira".*3 people.*3 different members/u);
    expect(JSON.stringify(together)).not.toContain('"nel"');
    expect(JSON.stringify(weigh)).toContain('Their number proves nothing');
  });
});
