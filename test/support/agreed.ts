import { randomUUID } from 'node:crypto';
import { answerRequest, requestsTo } from '../../src/core/checkins/missed/recipient.js';
import { savePlan } from '../../src/core/checkins/missed/save.js';
import { exportLink } from '../../src/core/export/link.js';
import { makeLink } from '../../src/core/feeds/link.js';
import { sealScript } from '../../src/core/live/scripts.js';
import { enter } from '../../src/core/members/enter.js';
import { agreeToThread } from '../../src/core/members/thread.js';
import { addMilestone } from '../../src/core/milestones/set.js';
import { shareMilestone } from '../../src/core/milestones/share.js';
import { pairingBegan } from '../../src/core/pairing/rhythm.js';
import { share } from '../../src/core/pairing/share.js';
import { openRelay } from '../../src/core/relay/open.js';
import type { Scope } from '../../src/core/scope.js';
import { makeSession } from '../core/sessions/support.js';
import { volunteer } from './mentors.js';
import { ensureRow } from './rows.js';
import type { TestWorld } from './world.js';

export const NOW = new Date('2027-05-03T12:00:00Z');
/** A day later. */
export const LATER = new Date('2027-05-04T12:00:00Z');
let places = 0;

export interface Agreed {
  readonly me: Scope;
  /** Who helps them, writes with them, and is told when they go quiet. */
  readonly other: Scope;
  /** Knows nobody. */
  readonly stranger: Scope;
  /** The first, at {@link LATER}. */
  readonly later: Scope;
}

/** Four people in a place of their own; the first agreed to everything with the others, at {@link NOW}. */
export async function agreed(home: TestWorld): Promise<Agreed> {
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
  // Its card is drawn again and again until it opens.
  for (const { id } of await db.liveSession.findMany({ select: { id: true } }))
    await db.liveSession.update({ where: { id }, data: { script: sealScript(me.cipher, id, { builtIn: 'open' }) } });
  await db.groupAnswer.updateMany({ data: { memberId: me.member.id } });
  await db.attendance.updateMany({ data: { memberId: me.member.id } });
  return { me, other, stranger: await enters('stranger'), later: { ...me, now: LATER } };
}
