import { UserError } from '../../../chat/errors.js';
import { note } from '../../audit/note.js';
import type { Scope } from '../../scope.js';
import { pairingSettings } from '../settings.js';
import { lookAtWaiting } from '../work.js';
import { notOneself } from './not-oneself.js';

/**
 * Marks a member's age band, or takes the mark away. Nobody is paired across two.
 * @throws UserError for oneself, and for a band that the community does not have (any more)
 */
export async function markBand(scope: Scope, memberId: string, band: string | null): Promise<void> {
  const { db, now } = scope;
  notOneself(scope, { memberId });
  await db.transact(async (tx) => {
    await lookAtWaiting(tx, now);
    const { ageBands } = await pairingSettings(tx);
    if (band !== null && !ageBands.includes(band)) throw new UserError('verify.noBand');
    await tx.member.update({ where: { id: memberId }, data: { ageBand: band } });
    await note(tx, scope, 'member.band');
  });
}
