import { UserError } from '../../chat/errors.js';
import type { SealedAt } from '../../db/sealed.js';
import type { TenantDb } from '../../db/tenant.js';
import { idOfAttempt } from '../attempt.js';
import { removeRecipient } from '../checkins/missed/remove-recipient.js';
import { stepBack } from '../checkins/missed/step-back.js';
import { countsSince, LIMITS } from '../limits/kinds.js';
import type { Scope } from '../scope.js';
import { plan } from '../work/plan.js';
import { closePairing, separate } from './close.js';
import { holdIntroduction } from './introduce.js';
import { stir } from './mentor/stir.js';
import { REPORT } from './work.js';

/** Characters of what happened. */
export const MOST_REPORT = 2000;
const { person: OFTEN } = LIMITS.report;

export const reportBinding = (id: string): SealedAt => `MemberReport.details:${id}`;

/** Whatever goes on between the two ends at once, and who asked goes on without the other. */
async function stopContact(tx: TenantDb, [one, other]: readonly [string, string], now: Date): Promise<void> {
  const between = {
    OR: [
      { menteeId: one, mentorId: other },
      { menteeId: other, mentorId: one },
    ],
  };
  const pairings = await tx.pairing.findMany({ where: { ...between, state: { not: 'ended' } } });
  for (const pairing of pairings) await holdIntroduction(tx, pairing, now);
  await separate(tx, [one, other], { kind: 'report', by: one });
  await removeRecipient(tx, one, other, now);
  // The one who is reported hears that it ended, as after any end, so that it does not tell of a report.
  for (const pairing of pairings)
    await closePairing(tx, pairing, { tell: [pairing.mentorId === other ? 'mentor' : 'mentee'] }, now);
  // What is left in a plan of theirs looks like any no, so that it does not tell of a report either.
  await stepBack(tx, other, one, now);
}

/** Nobody new is sent to them until a coordinator has looked; whom they are being asked about goes on to somebody else. */
async function holdOffers(tx: TenantDb, memberId: string, now: Date): Promise<void> {
  await stir(tx, memberId, now);
  await tx.mentorProfile.updateMany({ where: { memberId, heldAt: null }, data: { heldAt: now } });
}

/**
 * Reports a member to the coordinators, except to one who is reported. Contact between the two ends at once on both sides, and
 * nobody new is offered to who is reported until it is cleared. They are not told.
 * @param attempt the same when it is tried again: then it is one report
 * @throws UserError for oneself, and after five in a week
 */
export async function reportMember(scope: Scope, reportedId: string, words: string, attempt: string): Promise<void> {
  const { db, cipher, member, now } = scope;
  if (reportedId === member.id) throw new UserError('sponsor.report.self');
  const id = idOfAttempt(member.id, attempt);
  await db.transact(async (tx) => {
    const since = countsSince(now, OFTEN);
    const mine = await tx.memberReport.findMany({ where: { reporterId: member.id, createdAt: { gt: since } } });
    if (mine.some((one) => one.id === id)) return;
    if (mine.length >= OFTEN.most) throw new UserError('sponsor.report.often', { most: OFTEN.most });
    await holdOffers(tx, reportedId, now);
    await stopContact(tx, [member.id, reportedId], now);
    await tx.memberReport.create({
      data: {
        ...{ id, communityId: db.communityId, reporterId: member.id, reportedId, createdAt: now },
        details: cipher.seal(words, reportBinding(id)),
      },
    });
    await plan(tx, { kind: REPORT, subjectId: id }, now);
  });
}
