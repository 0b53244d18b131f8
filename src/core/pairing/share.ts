import { randomUUID } from 'node:crypto';
import { UserError } from '../../chat/errors.js';
import { recipientName } from '../checkins/missed/plan.js';
import { removeRecipient } from '../checkins/missed/remove-recipient.js';
import { showGoals } from '../goals/show.js';
import { showMilestones } from '../milestones/show.js';
import type { Scope } from '../scope.js';
import { plan } from '../work/plan.js';
import { holdMine } from './keep-rhythm.js';
import { factOf, type Given, SHOWN } from './shares.js';

/** Of goals and milestones, exactly these are shown to this mentor from now on. */
async function showOnly(scope: Scope, what: Given, mentorId: string, ids: readonly string[]): Promise<void> {
  if (what === 'goals') await showGoals(scope, mentorId, ids);
  if (what === 'milestones') await showMilestones(scope, mentorId, ids);
}

/**
 * Shows the mentor of a pairing what was previewed, and writes down the consent. Twice is once.
 * @param ids of the goals or milestones that were previewed; others are not shown
 * @throws UserError when the pairing is over, or the member is not its mentee
 */
export async function share(scope: Scope, pairingId: string, what: Given, ids: readonly string[]): Promise<void> {
  const { db, community, member, now } = scope;
  await db.transact(async (tx) => {
    const { pairing, side } = await holdMine(tx, scope, pairingId);
    if (side !== 'mentee') throw new UserError('rhythm.problems.over');
    const { mentorId } = pairing;
    await showOnly({ ...scope, db: tx }, what, mentorId, ids);
    const row = { communityId: community.id, memberId: member.id, fact: factOf(what), recipient: recipientName(mentorId) };
    if (await tx.consent.findFirst({ where: { ...row, revokedAt: null }, select: { id: true } })) return;
    const id = randomUUID();
    await tx.consent.create({ data: { ...row, id, grantedAt: now } });
    await plan(tx, { kind: SHOWN, subjectId: id }, now);
  });
}

/** Takes one back, with effect at once. Twice is once. @throws UserError when the pairing is over, which took it back */
export async function unshare(scope: Scope, pairingId: string, what: Given | 'missed'): Promise<void> {
  const { db, member, now } = scope;
  await db.transact(async (tx) => {
    const { pairing, side } = await holdMine(tx, scope, pairingId);
    if (side !== 'mentee') throw new UserError('rhythm.problems.over');
    const { mentorId } = pairing;
    if (what === 'missed') {
      await removeRecipient(tx, member.id, mentorId, now);
      return;
    }
    await tx.consent.updateMany({
      where: { memberId: member.id, fact: factOf(what), recipient: recipientName(mentorId), revokedAt: null },
      data: { revokedAt: now },
    });
    await showOnly({ ...scope, db: tx }, what, mentorId, []);
  });
}
