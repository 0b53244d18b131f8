import { randomUUID } from 'node:crypto';
import { UserError } from '../../chat/errors.js';
import { recipientName } from '../checkins/missed/plan.js';
import { removeRecipient } from '../checkins/missed/remove-recipient.js';
import { showGoals } from '../goals/show.js';
import { showMilestones } from '../milestones/show.js';
import { keptOf } from '../saved/mine.js';
import { isShownTo, showSaved } from '../saved/show.js';
import type { Scope } from '../scope.js';
import { plan } from '../work/plan.js';
import { goingOn, holdMine } from './keep-rhythm.js';
import { factOf, type Given, SHOWN } from './shares.js';

/**
 * Of goals, milestones and services, exactly these are shown to this mentor from now on.
 * @returns whether the mentor is to hear of it although they see some already: a service is one to act on
 */
async function showOnly(scope: Scope, what: Given, mentorId: string, ids: readonly string[]): Promise<boolean> {
  if (what === 'goals') await showGoals(scope, mentorId, ids);
  if (what === 'milestones') await showMilestones(scope, mentorId, ids);
  return what === 'services' && (await showSaved(scope, mentorId, ids));
}

/**
 * Shows the mentor of a pairing what was previewed, and writes down the consent. Twice is once.
 * @param ids of the goals, milestones or saved services that were previewed; others are not shown
 * @throws UserError when the pairing is over, or the member is not its mentee
 */
export async function share(scope: Scope, pairingId: string, what: Given, ids: readonly string[]): Promise<void> {
  const { db, community, member, now } = scope;
  await db.transact(async (tx) => {
    const { pairing, side } = await holdMine(tx, scope, pairingId);
    if (side !== 'mentee') throw new UserError('rhythm.problems.over');
    const { mentorId } = pairing;
    const isNews = await showOnly({ ...scope, db: tx }, what, mentorId, ids);
    const row = { communityId: community.id, memberId: member.id, fact: factOf(what), recipient: recipientName(mentorId) };
    const holding = { ...row, revokedAt: null };
    // A consent that goes on further is a new one: from then on it is known that they agreed to that, too.
    if (isNews) await tx.consent.updateMany({ where: holding, data: { revokedAt: now } });
    else if (await tx.consent.findFirst({ where: holding, select: { id: true } })) return;
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

/** Shows one saved service to no mentor any more; what else is shown stays. Twice is once. */
export async function unshareService(scope: Scope, id: string): Promise<void> {
  const kept = await keptOf(scope);
  for (const { pairing } of await goingOn(scope)) {
    const shown = kept.filter((one) => isShownTo(one, pairing.mentorId)).map((one) => one.id);
    if (pairing.menteeId !== scope.member.id || !shown.includes(id)) continue;
    const left = shown.filter((one) => one !== id);
    await (left.length > 0 ? share(scope, pairing.id, 'services', left) : unshare(scope, pairing.id, 'services'));
  }
}
