import { randomUUID } from 'node:crypto';
import type { Input } from '../../src/chat/index.js';
import { requestsTo } from '../../src/core/checkins/missed/recipient.js';
import { savePlan } from '../../src/core/checkins/missed/save.js';
import { saveSchedule } from '../../src/core/checkins/schedules/save.js';
import { saveTemplate } from '../../src/core/checkins/templates/own.js';
import { makeLinkCode } from '../../src/core/communities/link/offer.js';
import { sealScript } from '../../src/core/live/scripts.js';
import { bringSample } from '../../src/core/meetings/sample.js';
import { grant } from '../../src/core/members/grant.js';
import { shareMilestone } from '../../src/core/milestones/share.js';
import { proposeAll } from '../../src/core/pairing/queue/propose-all.js';
import { sealWishes } from '../../src/core/pairing/wishes.js';
import { openRelay } from '../../src/core/relay/open.js';
import { retireResource } from '../../src/core/resources/care/retire.js';
import { answer } from '../../src/core/saved/answer.js';
import { saveResource } from '../../src/core/saved/save.js';
import { sendResource } from '../../src/core/saved/send.js';
import type { Scope } from '../../src/core/scope.js';
import { sealDetails } from '../../src/core/sessions/details.js';
import type { Occurrence } from '../../src/db/generated/client.js';
import { wordsFor } from '../../src/words/index.js';
import { makeSession } from '../core/sessions/support.js';
import type { Actor, Direct } from './direct.js';
import { GROUPS, type Inhabited } from './inhabited.js';
import { bringServices } from './services.js';
import type { TestWorld } from './world.js';

const MINUTE = 60_000;

/** What somebody may press, where people live (test/support/inhabited.ts). */
export interface Theirs {
  readonly input: Input;
  /** Whose own it is. Absent: it goes by roles, or is for anybody. */
  readonly by?: string;
  /** Where alone it can be pressed. */
  readonly at?: Pick<Actor, 'platform' | 'space'>;
}

type People = Readonly<Record<'ana' | 'ben' | 'marta' | 'olga', Scope>>;
type Made = Readonly<Record<string, Theirs>>;

/** One of theirs who was found by what is made up (`madeUp`), and is not Ana. */
export const MARTAS: ReadonlySet<string> = new Set([
  ...['mentor.pause', 'mentor.stop', 'mentor.mentee', 'mentor.offer', 'resource.send', 'resource.send-one'],
]);

async function checkIns({ ana, marta }: People): Promise<Made> {
  const { db, community, member, now } = ana;
  await saveSchedule(ana, { when: 'every day 9:00', template: 'quick', zone: 'UTC' });
  const { id: schedule, createdAt: _, ...like } = await db.checkInSchedule.findFirstOrThrow({ where: {} });
  const paused = await db.checkInSchedule.create({ data: { ...like, state: 'paused' } });
  const due = { local: '2035-03-13T18:30', zone: 'UTC', dueAt: now };
  const mine = { communityId: community.id, memberId: member.id };
  const { id: prompt } = await db.checkInPrompt.create({ data: { ...mine, scheduleId: schedule, ...due } });
  const template = await saveTemplate(ana, { title: 'Mine', questions: 'How?' });
  const steps = [{ afterMissed: 2, waitMinutes: 0, account: 'marta', words: 'I went quiet' }];
  await savePlan(ana, steps, { platform: 'slack', userId: 'ana' });
  const [asked] = await requestsTo(marta);
  const draft = JSON.stringify([{ afterMissed: 2, waitMinutes: 0, words: 'For myself' }]);
  return {
    'checkin.pause': { by: 'ana', input: { schedule, until: 'tomorrow' } },
    'checkin.resume': { by: 'ana', input: { schedule: paused.id } },
    'checkin.leave-out': { by: 'ana', input: { schedule, local: '2035-03-14T09:00' } },
    'checkin.remove': { by: 'ana', input: { schedule, sure: 'yes' } },
    'checkin.retire': { by: 'ana', input: { template } },
    'checkin.tap': { by: 'ana', input: { template: 'one-tap', answer: 'okay', prompt } },
    'checkin.later': { by: 'ana', input: { prompt, snooze: 'hour' } },
    'checkin.skip': { by: 'ana', input: { prompt } },
    'checkin.plan-answer': { by: 'marta', input: { plan: asked?.planId, agreement: asked?.agreement, say: 'yes' } },
    'checkin.plan-step': { input: { after: '1', wait: 'now', words: 'Some words' } },
    'checkin.plan-review': { input: { draft } },
    'checkin.history': { input: { since: '2034-01-01' } },
  };
}

async function services({ ana, marta, olga }: People): Promise<Made> {
  const { db, now } = ana;
  const [retired = '', wanted = '', sent = ''] = await bringServices(db, ['Old house', 'Harbour house', 'Kitchen'], now, 'Town');
  await retireResource(olga, { id: retired, seen: 0 });
  const { id: saved } = await saveResource(ana, wanted);
  const { id: asked } = await saveResource(ana, sent);
  await answer(ana, asked, 'waiting');
  const pairing = await db.pairing.findFirstOrThrow({ where: { menteeId: ana.member.id, state: 'active' } });
  await sendResource(marta, pairing.id, sent);
  const got = await db.sentResource.findFirstOrThrow({ where: {} });
  await bringSample(olga, wordsFor('en') as never);
  const meeting = await db.meeting.findFirstOrThrow({ where: {} });
  return {
    'resource.return': { input: { id: retired, seen: '1', from: 'list' } },
    'resource.pick': { input: { ids: wanted } },
    'resource.wrong-what': { input: { id: wanted, what: 'closed' } },
    'resource.report': { input: { what: 'Harbour' } },
    'resource.reminded': { by: 'ana', input: { id: saved } },
    'resource.hide': { by: 'ana', input: { id: saved } },
    'resource.answer': { by: 'ana', input: { id: saved, say: 'yes' } },
    'resource.ask-again': { by: 'ana', input: { id: asked, weeks: '2' } },
    'resource.sent': { by: 'ana', input: { id: got.id } },
    'meeting.look': { input: { id: meeting.id } },
    'meeting.find': { input: { day: 'tuesday', how: 'online' } },
  };
}

/** Ben waits, and could go to Marta; Marta has a place, and would hand Ana over. */
async function pairings({ ana, ben, marta, olga }: People): Promise<Made> {
  const { db, cipher, now } = olga;
  const { communityId } = db;
  const later = new Date(now.getTime() + 60 * MINUTE);
  const request = randomUUID();
  const asking = { memberId: ben.member.id, openFor: ben.member.id, state: 'approval' as const, tellBy: later, askedAt: now };
  const details = sealWishes(cipher, request, { wishes: [], zone: 'UTC' });
  await db.pairingRequest.create({ data: { id: request, communityId, ...asking, details } });
  await db.mentorProfile.updateMany({ where: {}, data: { capacity: 5 } });
  const { id: proposal } = await proposeAll(olga);
  const pairing = await db.pairing.findFirstOrThrow({ where: { menteeId: ana.member.id, state: 'active' } });
  const handing = { pairingId: pairing.id, openFor: pairing.id, toId: ben.member.id, askedAt: now, deadline: later };
  const handover = await db.handover.create({ data: { communityId, ...handing } });
  const relay = await openRelay(db, { a: ana.member.id, b: marta.member.id, purpose: 'support' }, now);
  const milestone = await db.milestone.findFirstOrThrow({ where: { memberId: ana.member.id } });
  const consent = randomUUID();
  await shareMilestone(ana, milestone.id, { consent, channel: 'C1', words: 'Ten' });
  return {
    'pairing.yes': { input: { request } },
    'pairing.fits': { input: { request } },
    'pairing.pick': { input: { request, mentor: marta.member.id } },
    'pairing.proposal': { input: { proposal, from: '0' } },
    'pairing.agree': { input: { proposal } },
    'pairing.band': { input: { member: ben.member.id, band: '-' } },
    'sponsor.request': { input: { urgency: 'week', language: 'English', words: 'Some words' } },
    'mentor.takeover': { by: 'ben', input: { handover: handover.id, say: 'no' } },
    'mentor.untrain': { input: { credential: randomUUID() } },
    'relay.close': { by: 'ana', input: { relay, apart: 'no' } },
    'milestone.unshare': { by: 'ana', input: { id: milestone.id, consent } },
  };
}

async function sessions(home: TestWorld, { ana, olga }: People): Promise<Made> {
  const { db, cipher, community, now, member, space } = ana;
  const communityId = community.id;
  const link = { title: 'Meadow', link: 'https://meet.example/meadow' };
  const { id: session } = await makeSession(home, ana, { chairId: member.id, namesToChair: true, isClosed: true, place: 'link' });
  await db.session.update({ where: { id: session }, data: { details: sealDetails(cipher, session, link) } });
  const dateAt = (startsAt: Date): Promise<Occurrence> => {
    const when = { local: startsAt.toISOString().slice(0, 16), zone: 'UTC', startsAt, minutes: 60 };
    return db.occurrence.create({ data: { communityId, sessionId: session, ...when } });
  };
  const next = await db.occurrence.create({
    data: {
      communityId,
      sessionId: session,
      local: '2035-03-13T19:00',
      zone: 'America/New_York',
      minutes: 60,
      startsAt: new Date('2035-03-13T23:00Z'),
    },
  });
  const asking = { memberId: member.id, isCover: true, startsAt: next.startsAt, askedAt: now };
  const ask = await db.chairAsk.create({ data: { communityId, occurrenceId: next.id, ...asking } });
  const named = { sessionId: session, memberId: member.id, part: 'chair' as const, byId: olga.member.id, at: now };
  const naming = await db.sessionNaming.create({ data: { communityId, ...named } });
  const over = await dateAt(new Date(now.getTime() - 65 * MINUTE));
  const came = { communityId, occurrenceId: over.id, memberId: member.id, cameAt: over.startsAt };
  const { id: attendance } = await db.attendance.create({ data: came });
  const shown = { spaceId: space?.id ?? '', byId: olga.member.id, ref: 'e', local: next.local, startsAt: next.startsAt };
  await db.sessionEvent.create({ data: { communityId, sessionId: session, ...shown, state: 'deleted' } });
  const name = { session, local: next.local };
  return {
    'session.chairing': { by: 'ana', input: { ask: ask.id, say: 'yes' } },
    'session.comers': { by: 'ana', input: { id: session, local: next.local } },
    'session.link': { input: name },
    'session.decline': { by: 'ana', input: { naming: naming.id } },
    'session.was-here': { by: 'ana', input: { id: attendance } },
    'session.unsign': { by: 'ana', input: { id: attendance } },
    'session.event-take': { input: { session } },
    'session.event-back': { input: { session } },
    ...(await lives({ ana, dateAt })),
  };
}

/** One in which it is Ana's turn, one that has just ended, and one that was counted. */
async function lives({ ana, dateAt }: { ana: Scope; dateAt(startsAt: Date): Promise<Occurrence> }): Promise<Made> {
  const { db, cipher, community, now, member, space } = ana;
  const communityId = community.id;
  const live = async (minutesAgo: number, more: object = {}): Promise<string> => {
    const startedAt = new Date(now.getTime() - minutesAgo * MINUTE);
    const id = randomUUID();
    const times = { startedAt, stepSince: startedAt, chairSeenAt: startedAt, closesAt: new Date(now.getTime() + 60 * MINUTE) };
    const there = { occurrenceId: (await dateAt(startedAt)).id, spaceId: space?.id ?? '', channelId: 'C1', shareMinutes: 3 };
    const script = sealScript(cipher, id, { builtIn: 'open' });
    await db.liveSession.create({ data: { id, communityId, ...times, ...there, script, tally: [], ...more } });
    return id;
  };
  const on = await live(10, { chairId: member.id });
  const turn = { since: now, until: new Date(now.getTime() + 60 * MINUTE) };
  await db.hand.create({ data: { communityId, liveId: on, memberId: member.id, ...turn } });
  const id = randomUUID();
  const body = cipher.seal('Words', `Share.body:${id}`);
  await db.share.create({ data: { id, communityId, liveId: on, memberId: member.id, body } });
  return {
    'live.done': { by: 'ana', input: { live: on } },
    'live.down': { by: 'ana', input: { share: id } },
    'live.step': { input: { live: on, step: '1' } },
    'live.pulse': { input: { live: await live(20, { endedAt: now }), good: 'yes', safe: 'yes' } },
    'live.results': { input: { live: await live(30, { endedAt: now, countedAt: now, tally: [5, 0, 0, 5, 0, 0] }) } },
  };
}

async function support({ ana, marta }: People): Promise<Made> {
  const { db, community, member, now } = ana;
  const times = { askedAt: now, since: now, until: new Date(now.getTime() + 60 * MINUTE) };
  const mine = { communityId: community.id, memberId: member.id, openFor: member.id, language: 'en' };
  const { id: request } = await db.supportRequest.create({ data: { ...mine, ...times } });
  const asked = { requestId: request, memberId: marta.member.id, isCoordinator: false, round: 1, askedAt: now };
  const ask = await db.supportAsk.create({ data: { communityId: community.id, ...asked } });
  const round = await db.groupRound.findFirstOrThrow({ where: {} });
  return {
    'support.stop': { by: 'ana', input: { request } },
    'support.spoken': { by: 'ana', input: { request } },
    'support.missed': { by: 'ana', input: { request } },
    'support.answer': { by: 'marta', input: { ask: ask.id, say: 'yes' } },
    'group.read': { input: { round: round.id } },
  };
}

/** A guild in which nobody did anything so far, and the code of a workspace that it could join. */
async function places(direct: Direct, other: Inhabited): Promise<Made> {
  const at = { platform: 'discord', space: 'G2' } as const;
  const founder = await direct.scopeOf({ ...at, id: 'founder', admin: true });
  for (const role of ['facilitator', 'mentor', 'coordinator'] as const)
    await grant(founder, role, { people: [], groups: [GROUPS[role]] });
  const { code } = await makeLinkCode(await direct.scopeOf(other.people.olga as Actor));
  return { 'community.link': { at, input: { code } }, 'community.join': { at, input: { code } } };
}

/**
 * Makes what takes days or several people to come about, and that only one of them may act on.
 * @param other a workspace beside theirs
 * @returns by command
 */
export async function whose(
  home: TestWorld,
  direct: Direct,
  { people }: Inhabited,
  other: Inhabited,
): Promise<ReadonlyMap<string, Theirs>> {
  const scopes = {} as Record<keyof People, Scope>;
  for (const name of ['ana', 'ben', 'marta', 'olga'] as const) scopes[name] = await direct.scopeOf(people[name] as Actor);
  const made = [
    ...[await checkIns(scopes), await services(scopes), await pairings(scopes), await sessions(home, scopes)],
    ...[await support(scopes), await places(direct, other)],
  ];
  return new Map(made.flatMap((some) => Object.entries(some)));
}
