import type { TenantDb } from '../../db/tenant.js';
import { endPlans } from '../checkins/missed/end-for.js';
import { endGroups } from '../groups/end-for.js';
import { endLive } from '../live/end-for.js';
import { endConsents } from '../members/end-for.js';
import { endMilestones } from '../milestones/end-for.js';
import { endPairings } from '../pairing/end-for.js';
import { endRelays } from '../relay/end-for.js';
import { endSaved } from '../saved/end-for.js';
import { endSessions } from '../sessions/end-for.js';
import { endSupport } from '../support/end-for.js';
import { forgetTapsNaming } from '../taps/end-for.js';
import type { Within } from '../within.js';
import { cancel, plan } from '../work/plan.js';
import type { Who } from './declare.js';
import { digestOf } from './digest.js';
import { type Ending, endingOf } from './ending.js';
import { accessorOf, PERSONAL_TABLES, type PersonalTable, tableOf } from './tables.js';
import { TAKE_BACK, takeBackDirect } from './take-back.js';
import { whoIs } from './who.js';

/**
 * Erases a member; the subject is the member. Planned for later it is a time of grace, and `cancel` takes it back. Planned before
 * {@link eraseMember} is called it makes sure that a process that dies on the way is followed by one that does it.
 */
export const ERASE = 'member.erase';

/** Milliseconds that it may take: somebody may have checked in for decades. */
const TIMEOUT = 120_000;
const PAGE = 5000;
/** Milliseconds by which the clocks of two processes, and what one of them says and writes, may lie apart. */
const APART = 10 * 60_000;

/** Tables of which there may be very many rows, and nothing is due, or sent, about any of them. */
const NEVER_SUBJECT: ReadonlySet<PersonalTable> = new Set(['CheckIn', 'Tap', 'Delivery', 'DueWork', 'AuditEvent']);

interface Rows {
  findMany(args: object): Promise<{ id: string }[]>;
  deleteMany(args: object): Promise<unknown>;
  updateMany(args: object): Promise<unknown>;
}
const rowsOf = (db: TenantDb, name: PersonalTable) => db[accessorOf(name)] as unknown as Rows;

async function idsOf(db: TenantDb, name: PersonalTable, who: Who): Promise<string[]> {
  return (await rowsOf(db, name).findMany({ where: tableOf(name).mine(who), select: { id: true } })).map(({ id }) => id);
}

/** The member, and their rows, about which something may be due, or sent. */
async function subjectsOf({ db, who }: Ending): Promise<readonly string[]> {
  const goes = PERSONAL_TABLES.filter((name) => !NEVER_SUBJECT.has(name) && tableOf(name).erased === 'goes');
  const subjects = [who.id];
  for (const name of goes) subjects.push(...(await idsOf(db, name, who)));
  return subjects;
}

/** What is due about rows that go, and what is sent or was about them, also to others. */
async function forgetWork({ db, who }: Ending, subjects: readonly string[]): Promise<void> {
  for (let at = 0; at < subjects.length; at += PAGE) {
    const subjectId = { in: subjects.slice(at, at + PAGE) };
    await db.dueWork.deleteMany({ where: { subjectId } });
    await db.delivery.deleteMany({ where: { subjectId } });
  }
  // A message to somebody else may be told apart from others by whom it is about.
  await db.delivery.deleteMany({ where: { once: { contains: who.id } } });
}

/** Columns of rows that outlive them, and rows that no reference takes along. */
async function unlink({ db, who }: Ending): Promise<void> {
  for (const name of PERSONAL_TABLES) {
    const { columns, erased, mine } = tableOf(name);
    for (const [column, kind] of Object.entries(columns))
      if (kind === 'named') await rowsOf(db, name).updateMany({ where: { [column]: who.id }, data: { [column]: null } });
    // A microphone is turned on before its row goes.
    if (erased === 'deleted' && name !== 'Microphone') await rowsOf(db, name).deleteMany({ where: mine(who) });
  }
}

/** In one transaction: nobody ever sees half of it. */
async function eraseNow({ db, cipher, erasures }: Within, memberId: string, since: Date, now: Date): Promise<boolean> {
  // Whoever else erases them waits here, and then finds nobody.
  await plan(db, { kind: ERASE, subjectId: memberId }, now);
  const member = await db.member.findFirst({ where: { id: memberId }, select: { id: true } });
  if (!member) {
    await cancel(db, { kind: ERASE, subjectId: memberId });
    return false;
  }
  const who = await whoIs({ db, cipher }, memberId);
  const ending = endingOf({ db, cipher, who, now });
  const isTakenBack = await takeBackDirect(ending);
  await endPlans(ending);
  await endPairings(ending);
  await endSaved(ending);
  await endSupport(ending);
  await endRelays(ending);
  await endSessions(ending);
  await endLive(ending, await idsOf(db, 'Microphone', who));
  await endMilestones(ending);
  await endGroups(ending);
  await endConsents(ending);
  const subjects = await subjectsOf(ending);
  await forgetWork(ending, subjects);
  await db.member.deleteMany({ where: { id: memberId } });
  // From here on no row can refer to them. What others planned or wrote until that moment, and what refers to nobody, goes now.
  await forgetWork(ending, subjects);
  await unlink(ending);
  await forgetTapsNaming(db, cipher, who, since);
  // Last: whoever else is erased in this community waits for it.
  if (isTakenBack) await plan(db, { kind: TAKE_BACK, subjectId: db.communityId }, now);
  // Before it holds: one that was broken off here was planned, and is done again.
  await erasures?.note([digestOf(cipher, memberId)], now);
  return true;
}

/**
 * Erases a member of a community, at once and whole: what they have going with others ends in order, others hear that it ended and no
 * more, and no row leads to them any more. What stays is in docs/decisions/erase.md. Needs nobody to act, so that somebody whose account
 * is gone can be erased too. Done twice it is done once. What this process has in memory of their accounts is forgotten.
 * @returns whether there was such a member
 */
export async function eraseMember(home: Within, memberId: string, now: Date): Promise<boolean> {
  const { db, cipher, forgetters } = home;
  // Most buttons are looked through before anybody has to wait; in the transaction those that were made meanwhile.
  const began = new Date(now.getTime() - APART);
  const who = await whoIs({ db, cipher }, memberId);
  await forgetTapsNaming(db, cipher, who);
  const isErased = await db.transact((tx) => eraseNow({ ...home, db: tx }, memberId, began, now), { timeout: TIMEOUT });
  for (const forget of forgetters?.values() ?? [])
    for (const { platform, externalId } of who.accounts) forget(platform, externalId);
  return isErased;
}
