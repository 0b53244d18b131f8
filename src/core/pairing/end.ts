import type { Scope } from '../scope.js';
import { closePairing, farewellBinding } from './close.js';
import { holdRequest } from './happen.js';
import { myPairing, otherSide, partBy, sideOf } from './introduce.js';
import { lookAtWaiting } from './work.js';

/** Characters of the words that one may leave the other at the end. */
export const MOST_FAREWELL = 600;

/**
 * One of the two ends a pairing, or an introduction, without fault and without a reason. The other hears that it ended, and the
 * words that were left for them.
 * @throws UserError when it is over, or not theirs
 */
export async function endPairing(scope: Scope, id: string, words?: string): Promise<void> {
  const { db, cipher, member, now } = scope;
  await db.transact(async (tx) => {
    const { requestId } = await myPairing({ db: tx, member }, id);
    if (requestId) await holdRequest(tx, requestId, now);
    const pairing = await myPairing({ db: tx, member }, id);
    const side = sideOf(pairing, member.id);
    if (pairing.state === 'introducing') return partBy({ db: tx, cipher, now }, pairing, side);
    const farewell = words === undefined ? undefined : cipher.seal(words, farewellBinding(id));
    await closePairing(tx, pairing, { tell: [otherSide(side)], ...(farewell && { farewell }) }, now);
    await lookAtWaiting(tx, now);
  });
}
