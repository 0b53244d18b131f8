import { UserError } from '../../../chat/errors.js';
import { note } from '../../audit/note.js';
import type { Scope } from '../../scope.js';
import { plan } from '../../work/plan.js';
import { watchExpiry } from '../mentor/expiry.js';
import { UNSEEN } from '../mentor/work.js';
import { lookAtWaiting } from '../work.js';
import { notOneself } from './not-oneself.js';

/**
 * A facilitator has seen a training or certificate, or takes that back.
 * @returns the member whose it is
 * @throws UserError for one's own, and when it was changed meanwhile: what is said anew is another one
 */
export async function verifyCredential(scope: Scope, id: string, isSeen: boolean): Promise<string> {
  const { db, now } = scope;
  return db.transact(async (tx) => {
    await lookAtWaiting(tx, now);
    const found = await tx.mentorCredential.findFirst({ where: { id }, include: { profile: { select: { memberId: true } } } });
    if (!found) throw new UserError('verify.changed');
    const { memberId } = notOneself(scope, found.profile);
    await tx.mentorCredential.update({ where: { id }, data: { verifiedAt: isSeen ? now : null } });
    if (isSeen && found.expiresOn) await watchExpiry(tx, id, found.expiresOn, scope);
    if (!isSeen && found.verifiedAt) await plan(tx, { kind: UNSEEN, subjectId: id }, now);
    await note(tx, scope, isSeen ? 'mentor.verify' : 'mentor.unverify');
    return memberId;
  });
}
