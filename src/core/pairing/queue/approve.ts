import { UserError } from '../../../chat/errors.js';
import type { TenantDb } from '../../../db/tenant.js';
import { note } from '../../audit/note.js';
import type { Scope } from '../../scope.js';
import { happen, planNext } from '../happen.js';
import { hasPlace, mayBeAsked } from '../takes.js';
import { holdRequest } from '../work.js';
import { PROPOSABLE, proposable } from './waiting.js';

/** Lets a request that is held go on, with these asked before all others. @returns whether it was one that a facilitator can move */
export async function goOn(scope: Scope, tx: TenantDb, id: string, picks: readonly string[]): Promise<boolean> {
  const { cipher, now } = scope;
  const row = await tx.pairingRequest.findFirst({ where: { id } });
  if (!row || !PROPOSABLE.some((state) => state === row.state)) return false;
  const kept = row.picks.filter((pick) => !picks.includes(pick));
  await tx.pairingRequest.update({
    where: { id },
    data: { picks: [...picks, ...kept], approvedAt: now, proposedId: null, proposalId: null },
  });
  const outcome = await happen({ db: tx, cipher }, id, { is: row.state === 'approval' ? 'approved' : 'time' }, now);
  if (outcome) await planNext(tx, id, outcome);
  return outcome !== undefined;
}

/**
 * A facilitator's yes: from now on somebody is asked.
 * @param mentorId who is asked first; undefined: whoever fits best
 * @throws UserError when it is the facilitator's own, was answered already or is over, or this mentor may not be asked now
 */
export async function approve(scope: Scope, id: string, mentorId?: string): Promise<void> {
  const { db, cipher, now } = scope;
  await proposable(scope, { id });
  await db.transact(async (tx) => {
    await holdRequest(tx, id, now);
    const request = await tx.pairingRequest.findFirstOrThrow({ where: { id } });
    const may =
      mentorId === undefined ||
      ((await mayBeAsked({ db: tx, cipher }, request, mentorId, now)) &&
        (await tx.pairingOffer.count({ where: { requestId: id, mentorId } })) === 0 &&
        (await hasPlace(tx, mentorId, now)));
    if (!may) throw new UserError('queue.errors.cannot');
    if (!(await goOn(scope, tx, id, mentorId === undefined ? [] : [mentorId]))) throw new UserError('queue.errors.underway');
    await note(tx, scope, mentorId === undefined ? 'pairing.approve' : 'pairing.propose');
  });
}
