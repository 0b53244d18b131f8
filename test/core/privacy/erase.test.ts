import { randomUUID } from 'node:crypto';
import { note } from '../../../src/core/audit/note.js';
import { sealGoal } from '../../../src/core/goals/details.js';
import { whoIs as micWho } from '../../../src/core/live/mics/who.js';
import { memberBehind } from '../../../src/core/members/behind.js';
import { sealDetails } from '../../../src/core/milestones/details.js';
import { MARK_LISTS, type MarkListName } from '../../../src/core/milestones/marks.js';
import { eraseMember } from '../../../src/core/privacy/erase.js';
import { PERSONAL_TABLES, TABLES, tableOf } from '../../../src/core/privacy/tables.js';
import { openSaved, sealSaved } from '../../../src/core/saved/details.js';
import { keepTaps } from '../../../src/core/taps/keep.js';
import { type TenantDb, tenantDb } from '../../../src/db/tenant.js';
import { dump, tracesOf } from '../../support/dump.js';
import { ensureRow } from '../../support/rows.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

/** Somebody who did everything is erased, and the whole database is looked through for them. */

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const NOW = new Date('2026-11-27T10:00:00Z');
const ACCOUNT = 'account-of-who-goes';
const WORDS = 'words-of-who-goes';

interface Filled {
  readonly db: TenantDb;
  readonly me: string;
  readonly other: string;
  /** Ids and words that must be nowhere afterwards. */
  readonly secrets: readonly string[];
}

/** Columns that may hold the member without a reference: what is due, who made something, whom somebody picked. */
async function nameEverywhere(communityId: string, me: string): Promise<void> {
  const { pool } = home.database;
  for (const name of PERSONAL_TABLES) {
    const columns = Object.entries(tableOf(name).columns).filter(([, kind]) => kind === 'named' || kind === 'self');
    for (const [column] of columns) {
      const { rows } = await pool.query(
        `SELECT 1 FROM information_schema.columns WHERE table_name = $1 AND column_name = $2 AND udt_name = 'uuid'`,
        [name, column],
      );
      if (rows.length > 0) await pool.query(`UPDATE "${name}" SET "${column}" = $1 WHERE "communityId" = $2`, [me, communityId]);
    }
  }
}

/** A community in which one row of every table is about them, and another member is there. */
async function fill(): Promise<Filled> {
  const { prisma, pool } = home.database;
  const { cipher } = home.world;
  const { id: communityId } = await prisma.community.create({ data: { zone: 'UTC' } });
  const db = tenantDb(prisma, communityId);
  const space = await db.space.create({ data: { communityId, platform: 'discord', externalId: randomUUID() } });
  const me = (await memberBehind(db, { platform: 'discord', userId: ACCOUNT }, NOW)).id;
  for (const name of Object.keys(TABLES))
    if (!['EncryptionKey', 'Pace', 'Uptime', 'Community', 'AuditChain', 'AuditEvent', 'Tap', 'Goal', 'Milestone'].includes(name))
      await ensureRow(pool, name, communityId);
  const other = (await memberBehind(db, { platform: 'discord', userId: `other-${communityId}` }, NOW)).id;
  await nameEverywhere(communityId, me);
  // What goes on with somebody is ended in tests of its own: here nothing is going on, and all of it is kept.
  await db.pairing.updateMany({ data: { state: 'ended', menteeId: other } });
  await db.pairingRequest.updateMany({
    data: { state: 'paired', openFor: null, picks: [me, other], memberId: other, proposedId: me },
  });
  await db.pairingOffer.updateMany({ data: { state: 'accepted', openFor: null } });
  await db.handover.updateMany({ data: { openFor: null } });
  await db.supportRequest.updateMany({ data: { openFor: null } });
  await db.roleGrant.updateMany({ data: { kind: 'member', externalId: ACCOUNT, spaceId: space.id } });
  await db.delivery.updateMany({ data: { once: `a:${me}` } });
  const mic = await db.microphone.findFirstOrThrow();
  await db.microphone.update({
    where: { id: mic.id },
    data: { who: micWho(cipher, space, ACCOUNT), account: cipher.seal(ACCOUNT, `Microphone.account:${mic.id}`) },
  });
  const theirs = { communityId, memberId: other };
  await db.consent.createMany({
    data: [
      { ...theirs, fact: 'share.mood', recipient: `member:${me}` },
      { ...theirs, fact: 'share.mood', recipient: `member:${me}`, revokedAt: NOW },
    ],
  });
  const [goal, milestone] = [randomUUID(), randomUUID()];
  await db.goal.create({
    data: { id: goal, ...theirs, details: sealGoal(cipher, goal, { words: 'theirs', shownTo: [me, other] }) },
  });
  const day = { kind: 'recovery' as const, marks: Object.keys(MARK_LISTS)[0] as MarkListName, periods: [], days: [] };
  const details = { ...day, label: 'theirs', through: '2026-11-01', fresh: [], shares: [], shownTo: [me] };
  await db.milestone.create({ data: { id: milestone, ...theirs, details: sealDetails(cipher, milestone, details) } });
  const saved = randomUUID();
  const service = { resource: randomUUID(), as: { name: 'theirs', phones: [] }, savedAt: NOW.toISOString() };
  const sent = sealSaved(cipher, saved, { ...service, from: me, shownTo: [me, other] });
  await db.savedResource.create({ data: { id: saved, ...theirs, details: sent } });
  await note(db, { cipher, member: { id: me }, now: NOW }, 'report.read', { about: me });
  const mine = { communityId, memberId: me };
  const own = randomUUID();
  await db.goal.create({ data: { id: own, ...mine, details: sealGoal(cipher, own, { words: WORDS, shownTo: [] }) } });
  const scope = { db, cipher, community: { id: communityId }, now: NOW };
  await keepTaps({ ...scope, member: { id: other } }, [
    { path: 'pairing.reports', input: { member: me }, isPrivate: true },
    { path: 'community.grant', input: { who: ACCOUNT }, isPrivate: true },
    { path: 'checkin.plan-save', input: { steps: JSON.stringify([{ account: ACCOUNT, words: 'theirs' }]) }, isPrivate: true },
    {
      path: 'session.save',
      input: { draft: JSON.stringify({ more: JSON.stringify({ backups: ['x', ACCOUNT] }) }) },
      isPrivate: true,
    },
    { path: 'checkin.now', input: { of: other }, isPrivate: true },
  ]);
  await keepTaps({ ...scope, member: { id: me } }, [{ path: 'checkin.now', input: { mine: WORDS }, isPrivate: true }]);
  const [identity] = await db.identity.findMany({ where: { memberId: me } });
  return { db, me, other, secrets: [me, identity?.id ?? '', ACCOUNT, WORDS] };
}

const lookThrough = () => dump(home.database.pool, home.world.cipher);

test('nothing leads to them any more: no id, no account, no word, in no table of ours or of the queue', async () => {
  const { db, me, other, secrets } = await fill();
  const before = await lookThrough();
  const traces = tracesOf(before, secrets);
  expect(traces.length).toBeGreaterThan(50);
  // Whatever can be about them is: a table that is new is in here by itself.
  const personal = PERSONAL_TABLES;
  const missing = personal.filter((name) => !traces.some((trace) => trace.startsWith(`public.${name}:`)));
  expect(missing).toEqual(['GoalStep', 'MentorCredential']);

  expect(await eraseMember({ db, cipher: home.world.cipher }, me, NOW)).toBe(true);
  // A microphone is kept until it is on again, which needs a platform.
  await db.microphone.deleteMany();
  const after = await lookThrough();
  expect(tracesOf(after, secrets)).toEqual([]);
  expect(await db.member.findMany({ select: { id: true } })).toEqual([{ id: other }]);
  expect(await eraseMember({ db, cipher: home.world.cipher }, me, NOW)).toBe(false);
  expect(tracesOf(await lookThrough(), secrets)).toEqual([]);
});

test('what is of others is still theirs', async () => {
  const { db, me, other } = await fill();
  await eraseMember({ db, cipher: home.world.cipher }, me, NOW);
  expect(await db.goal.count({ where: { memberId: other } })).toBe(1);
  const saved = await db.savedResource.findFirstOrThrow({ where: { memberId: other } });
  expect(openSaved(home.world.cipher, saved)).toMatchObject({ as: { name: 'theirs' }, shownTo: [other] });
  expect(await db.pairingRequest.findMany({ select: { memberId: true, picks: true } })).toEqual([
    { memberId: other, picks: [other] },
  ]);
  const consents = await db.consent.findMany({ where: { memberId: other }, select: { recipient: true, revokedAt: true } });
  expect(consents).toEqual([
    { recipient: 'member', revokedAt: NOW },
    { recipient: 'member', revokedAt: NOW },
  ]);
  // A button that names somebody else still works, and so do sessions, questions and meetings of the group.
  expect(await db.tap.findMany({ select: { path: true, memberId: true } })).toEqual([{ path: 'checkin.now', memberId: other }]);
  for (const rows of [db.session, db.occurrence, db.groupCheckIn, db.liveSession, db.meeting, db.slip] as {
    count(): Promise<number>;
  }[])
    expect(await rows.count()).toBe(1);
});

test('what of others does not open any more holds nobody back', async () => {
  const { db, me, other } = await fill();
  const details = Buffer.from('damaged');
  for (const rows of [db.goal, db.milestone, db.savedResource] as { updateMany(args: object): Promise<unknown> }[])
    await rows.updateMany({ where: { memberId: other }, data: { details } });
  await db.tap.updateMany({ where: { memberId: other }, data: { input: details } });
  expect(await eraseMember({ db, cipher: home.world.cipher }, me, NOW)).toBe(true);
  expect(await db.member.findMany({ select: { id: true } })).toEqual([{ id: other }]);
  for (const rows of [db.goal, db.milestone, db.savedResource] as { count(args: object): Promise<number> }[])
    expect(await rows.count({ where: { memberId: other } })).toBe(1);
  // A button that does not open could name anybody, and does nothing.
  expect(await db.tap.count()).toBe(0);
});

test('what of their own does not open any more does not hold them back', async () => {
  const { db, me, other } = await fill();
  await db.milestone.updateMany({ data: { memberId: me } });
  const { rows: sealed } = await home.database.pool.query(
    `SELECT table_name AS of, column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND udt_name = 'bytea'
      AND table_name IN (SELECT table_name FROM information_schema.columns WHERE column_name = 'communityId') AND table_name <> 'AuditEvent'
      AND table_name <> 'AuditChain' AND column_name <> 'secret'`,
  );
  for (const { of, name } of sealed)
    await home.database.pool.query(
      `UPDATE "${of}" SET "${name}" = 'damaged' WHERE "communityId" = $1 AND "${name}" IS NOT NULL`,
      [db.communityId],
    );
  expect(await eraseMember({ db, cipher: home.world.cipher }, me, NOW)).toBe(true);
  expect(await db.member.findMany({ select: { id: true } })).toEqual([{ id: other }]);
});

test('another community knows nothing of it', async () => {
  const [here, there] = [await fill(), await fill()];
  const before = await there.db.member.findMany({ orderBy: { id: 'asc' } });
  await eraseMember({ db: here.db, cipher: home.world.cipher }, there.me, NOW);
  expect(await there.db.member.findMany({ orderBy: { id: 'asc' } })).toEqual(before);
  await eraseMember({ db: here.db, cipher: home.world.cipher }, here.me, NOW);
  expect(await there.db.roleGrant.count({ where: { externalId: ACCOUNT } })).toBe(1);
});
