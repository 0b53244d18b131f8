import { randomUUID } from 'node:crypto';
import { answerRequest, requestsTo } from '../../../src/core/checkins/missed/recipient.js';
import { savePlan } from '../../../src/core/checkins/missed/save.js';
import { exportLink } from '../../../src/core/export/link.js';
import { makeLink } from '../../../src/core/feeds/link.js';
import { enter } from '../../../src/core/members/enter.js';
import { agreeToThread } from '../../../src/core/members/thread.js';
import { addMilestone } from '../../../src/core/milestones/set.js';
import { SHARE as MILESTONE_SHARE, shareMilestone } from '../../../src/core/milestones/share.js';
import { pairingBegan } from '../../../src/core/pairing/rhythm.js';
import { share } from '../../../src/core/pairing/share.js';
import { SHOWN } from '../../../src/core/pairing/shares.js';
import { AUDIENCES, REMEMBERED } from '../../../src/core/privacy/consent.js';
import { CONSENTS, consentsOf, endedConsents, NO_CONSENT, revokeConsent } from '../../../src/core/privacy/consents.js';
import { PERSONAL_TABLES } from '../../../src/core/privacy/tables.js';
import { RELAY } from '../../../src/core/relay/kinds.js';
import { openRelay } from '../../../src/core/relay/open.js';
import { sendThrough } from '../../../src/core/relay/send.js';
import type { Scope } from '../../../src/core/scope.js';
import { makeNotices } from '../../../src/notices/index.js';
import { languages, wordsFor } from '../../../src/words/index.js';
import { volunteer } from '../../support/mentors.js';
import { ensureRow } from '../../support/rows.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';
import { makeSession } from '../sessions/support.js';

/** Somebody who agreed to everything there is, and takes it back. */

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const NOW = new Date('2027-05-03T12:00:00Z');
const LATER = new Date('2027-05-04T12:00:00Z');
let places = 0;

/** Four people in a place of their own; the first agreed to everything with the others. */
async function everything(): Promise<{ me: Scope; other: Scope; stranger: Scope; later: Scope }> {
  const place = `place${++places}`;
  const enters = (name: string, now = NOW) =>
    enter(home.world, { platform: 'playground', userId: `${name}-${place}`, zone: 'UTC', space: { id: place } }, now);
  const [me, other, third, fourth] = [await enters('me'), await enters('other'), await enters('third'), await enters('fourth')];
  const { db, community, space } = me;
  const communityId = community.id;
  const pool = home.database.pool;
  const pair = (menteeId: string, mentorId: string, more: object = {}) =>
    db.pairing.create({
      data: { communityId, menteeId, mentorId, state: 'active', introBy: NOW, startedAt: NOW, menteeYesAt: NOW, ...more },
    });

  const [helped, helps] = [await pair(me.member.id, other.member.id), await pair(third.member.id, me.member.id)];
  await db.transact((tx) => pairingBegan(tx, helped.id, NOW));
  await pair(me.member.id, fourth.member.id, { state: 'introducing', startedAt: null });
  await share(me, helped.id, 'mood', []);
  const step = { afterMissed: 2, waitMinutes: 0 };
  const by = (name: string) => ({ platform: 'playground' as const, userId: `${name}-${place}` });
  await savePlan(me, [{ ...step, account: `other-${place}`, words: 'My words' }], by('me'));
  await savePlan(other, [{ ...step, account: `me-${place}`, words: 'Their words' }], by('other'));
  const [asked] = await requestsTo(me);
  await answerRequest(me, asked?.planId ?? '', 'yes', asked?.agreement);
  const { id: milestone } = await addMilestone(me, { label: 'Mark' });
  await shareMilestone(me, milestone, { consent: randomUUID(), channel: 'c-secret', words: 'Ten' });
  await agreeToThread(me, 'c-secret');
  await volunteer(home.world, { communityId, memberId: me.member.id, now: NOW });

  const taken = await pair(fourth.member.id, third.member.id);
  const due = { communityId, askedAt: NOW, deadline: LATER };
  await db.handover.createMany({
    data: [
      { ...due, pairingId: helps.id, openFor: helps.id, toId: other.member.id },
      { ...due, pairingId: taken.id, openFor: taken.id, toId: me.member.id, state: 'mentee' },
    ],
  });
  await openRelay(db, { a: me.member.id, b: other.member.id, purpose: 'support' }, NOW);
  const mine = { communityId, memberId: me.member.id };
  const id = randomUUID();
  const details = home.world.cipher.seal(JSON.stringify({ wishes: [], zone: 'UTC' }), `PairingRequest.details:${id}`);
  await db.pairingRequest.create({
    data: { id, ...mine, openFor: me.member.id, state: 'waiting', details, tellBy: LATER, askedAt: NOW },
  });
  await db.oncallVolunteer.create({ data: { ...mine, languages: ['en'], isListed: true } });
  await db.supportRequest.create({
    data: { ...mine, openFor: me.member.id, language: 'en', askedAt: NOW, since: NOW, until: LATER },
  });
  const session = await makeSession(home, { ...me, ...(space && { space }) }, { chairId: me.member.id });
  await db.sessionNaming.create({
    data: { communityId, sessionId: session.id, memberId: me.member.id, part: 'chair', byId: other.member.id, at: NOW },
  });
  const occurrence = await db.occurrence.create({
    data: {
      communityId,
      sessionId: session.id,
      local: '2027-05-11T19:00',
      zone: 'UTC',
      startsAt: new Date('2027-05-11'),
      minutes: 60,
    },
  });
  await db.rsvp.create({ data: { ...mine, occurrenceId: occurrence.id, state: 'going', isNamed: true } });
  await makeLink(me, true);
  await exportLink(me);
  for (const table of ['Share', 'GroupAnswer', 'Attendance']) await ensureRow(pool, table, communityId);
  await db.share.updateMany({ data: { memberId: me.member.id, isDown: false } });
  await db.groupAnswer.updateMany({ data: { memberId: me.member.id } });
  await db.attendance.updateMany({ data: { memberId: me.member.id } });
  return { me, other, stranger: await enters('stranger'), later: { ...me, now: LATER } };
}

/** What a message would say now, rendered anew. */
async function rendered(kind: string, subjectId: string, to: Scope, once = 'once'): Promise<'sent' | 'dropped'> {
  const about = { id: subjectId, communityId: to.community.id, kind, subjectId, memberId: to.member.id };
  const rest = { platform: 'playground' as const, once, dueAt: NOW, expiresAt: LATER, reason: null, tries: 0, faults: 0 };
  const what = await makeNotices(home.world)[kind]?.render?.({ ...about, ...rest }, NOW);
  return what && 'reply' in what ? 'sent' : 'dropped';
}

test('every table of a member is something that they agree to, or says why not', () => {
  const shared = Object.values(CONSENTS).map(({ table }) => table);
  const said = [...new Set([...shared, ...Object.keys(NO_CONSENT)])];
  expect(said.sort()).toEqual([...PERSONAL_TABLES].sort());
  expect(shared.filter((table) => table in NO_CONSENT)).toEqual([]);
  expect(Object.values(NO_CONSENT).filter((why) => why.trim() === '')).toEqual([]);
});

test('what it is and who sees it have words in every language', () => {
  const whats = [...Object.values(CONSENTS).flatMap((kind) => kind.whats), ...Object.keys(REMEMBERED), 'other'];
  for (const language of languages) {
    const { has } = wordsFor(language);
    expect(whats.filter((what) => !has(`privacy.facts.${what}`))).toEqual([]);
    expect(AUDIENCES.filter((to) => !has(`privacy.to.${to}`))).toEqual([]);
  }
});

test('each kind that there is is listed, with what, to whom and since when', async () => {
  const { me, other } = await everything();
  const all = await consentsOf(me);
  expect([...new Set(all.map(({ kind }) => kind))].sort()).toEqual(Object.keys(CONSENTS).sort());
  for (const one of all) {
    expect(one.since).toBeInstanceOf(Date);
    if (one.kind !== 'other') expect(CONSENTS[one.kind].whats).toContain(one.what);
  }
  expect(all.find(({ what }) => what === 'share.mood')).toMatchObject({ to: 'mentor', memberId: other.member.id, since: NOW });
  // Nothing of it is somebody else's word, place or account.
  expect(JSON.stringify(all)).not.toMatch(/secret|words|Mark|Ten/u);
  // Where the bot has forgotten what one was for, it is still told, and ends.
  const { id } = await me.db.consent.create({
    data: { communityId: me.community.id, memberId: me.member.id, fact: 'gone.one', recipient: 'x' },
  });
  expect((await consentsOf(me)).filter((one) => one.id === id)).toMatchObject([{ kind: 'other' }]);
  expect(await revokeConsent(me, 'other', id)).toMatchObject({ what: 'other' });
});

test('each is taken back by itself, twice is once, and nobody else can', async () => {
  const { me, stranger, later } = await everything();
  const before = await consentsOf(me);
  for (const { kind, id } of before) expect(await revokeConsent(stranger, kind, id)).toBeUndefined();
  expect(await consentsOf(me)).toEqual(before);
  for (const { kind, id } of before) {
    // Ending a pairing ends what hangs on it.
    const still = (await consentsOf(later)).some((one) => one.kind === kind && one.id === id);
    const taken = await revokeConsent(later, kind, id);
    expect({ kind, taken: taken !== undefined }).toEqual({ kind, taken: still });
    expect((await consentsOf(later)).filter((one) => one.kind === kind && one.id === id)).toEqual([]);
    expect(await revokeConsent(later, kind, id)).toBeUndefined();
  }
  expect(await consentsOf(later)).toEqual([]);
});

test('what waits to be sent is not sent after it was taken back', async () => {
  const { me, other, later } = await everything();
  const { db } = me;
  const all = await consentsOf(me);
  const idOf = (kind: string, what?: string) => all.find((one) => one.kind === kind && (what ?? one.what) === one.what)?.id ?? '';
  const relay = idOf('relay');
  expect(await sendThrough(me, relay, 'On its way', 'once')).toBe('passed');
  const { id: message } = await db.relayMessage.findFirstOrThrow();
  const { id: milestone } = await db.milestone.findFirstOrThrow();
  const waiting = (): Promise<string[]> =>
    Promise.all([
      rendered(RELAY, message, other),
      rendered(SHOWN, idOf('shares'), other),
      rendered(MILESTONE_SHARE, milestone, me, `${MILESTONE_SHARE}:${idOf('shared')}`),
    ]);
  expect(await waiting()).toEqual(['sent', 'sent', 'sent']);
  for (const kind of ['relay', 'shares', 'shared']) await revokeConsent(later, kind, idOf(kind));
  expect(await waiting()).toEqual(['dropped', 'dropped', 'dropped']);
});

test('of what ended stays what it was, to which role, from when till when, until the member is erased', async () => {
  const { me, later } = await everything();
  for (const { kind, id } of await consentsOf(me)) await revokeConsent(later, kind, id);
  const past = await endedConsents(later);
  expect(past).toContainEqual({ what: 'share.mood', to: 'mentor', since: NOW, until: LATER });
  expect(past).toContainEqual({ what: 'pairing.paired', to: 'mentor', since: NOW, until: LATER });
  expect(past).toContainEqual({ what: 'feed.link', to: 'calendar', since: NOW, until: LATER });
  expect(past).toContainEqual(expect.objectContaining({ what: 'support.oncall', to: 'volunteers', until: LATER }));
  expect(past).toContainEqual(expect.objectContaining({ what: 'checkin.missed', to: 'named' }));
  expect(past).toContainEqual(expect.objectContaining({ what: 'milestone.shared', to: 'channel' }));
  expect(past.every(({ what, to }) => wordsFor('en').has(`privacy.facts.${what}`) && AUDIENCES.includes(to))).toBe(true);
  expect(Object.keys(past[0] ?? {}).sort()).toEqual(['since', 'to', 'until', 'what']);
});
