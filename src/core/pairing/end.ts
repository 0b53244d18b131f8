import type { Scope } from '../scope.js';
import { closePairing, farewellBinding } from './close.js';
import { holdIntroduction, myPairing, otherSide, partBy, sideOf } from './introduce.js';
import { lookAtWaiting } from './work.js';

/**
 * One of the two asked never to be brought together with the other again, where they write to each other: what they had ends, and
 * nobody is told of it.
 * @param relay its id; of another purpose, nothing happens
 */
export async function endPairingOfRelay({ db, member, now }: Scope, relay: string): Promise<void> {
  await db.transact(async (tx) => {
    const mine = { OR: [{ menteeId: member.id }, { mentorId: member.id }] };
    const pairing = await tx.pairing.findFirst({ where: { relayId: relay, ...mine } });
    if (pairing && (await closePairing(tx, pairing, { tell: [] }, now))) await lookAtWaiting(tx, now);
  });
}

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
    await holdIntroduction(tx, await myPairing({ db: tx, member }, id), now);
    const pairing = await myPairing({ db: tx, member }, id);
    const side = sideOf(pairing, member.id);
    if (pairing.state === 'introducing') return partBy({ db: tx, cipher, now }, pairing, side);
    const farewell = words === undefined ? undefined : cipher.seal(words, farewellBinding(id));
    await closePairing(tx, pairing, { tell: [otherSide(side)], ...(farewell && { farewell }) }, now);
    await lookAtWaiting(tx, now);
  });
}
