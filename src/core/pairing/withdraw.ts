import { UserError } from '../../chat/errors.js';
import type { Scope } from '../scope.js';
import { closePairing } from './close.js';
import type { Hands } from './hands.js';
import { happen, planNext } from './happen.js';
import { introductionOf, requestRow } from './request-row.js';
import { holdRequest, lookAtWaiting } from './work.js';

/** The member's open request. @throws UserError when there is none */
async function openRequest({ db, member }: Scope): Promise<string> {
  const row = await db.pairingRequest.findFirst({ where: { openFor: member.id }, select: { id: true } });
  if (!row) throw new UserError('sponsor.errors.none');
  return row.id;
}

/**
 * The asker takes the request back. Whoever is being asked is told only that it is over; an introduction that has begun ends.
 * @throws UserError when none is open
 */
export async function withdrawRequest(scope: Scope): Promise<void> {
  const { db, cipher, now } = scope;
  const id = await openRequest(scope);
  await db.transact((tx) => takeBack({ db: tx, cipher }, id, now));
}

/** The same for that request, in a transaction. @throws UserError when it is over */
export async function takeBack(hands: Hands, id: string, now: Date): Promise<void> {
  const { db: tx } = hands;
  await holdRequest(tx, id, now);
  const row = await requestRow(tx, id);
  const outcome = await happen(hands, id, { is: 'withdrawn' }, now);
  if (!row || !outcome) throw new UserError('sponsor.errors.none');
  const intro = introductionOf(row);
  if (intro) await closePairing(tx, intro, { tell: ['mentor'] }, now);
  await planNext(tx, id, outcome);
  await lookAtWaiting(tx, now);
}

/** The asker still wants somebody, after an introduction that they let pass. @throws UserError when nothing asks them that */
export async function stillWanted(scope: Scope): Promise<void> {
  const { db, cipher, now } = scope;
  const id = await openRequest(scope);
  await db.transact(async (tx) => {
    await holdRequest(tx, id, now);
    const outcome = await happen({ db: tx, cipher }, id, { is: 'still' }, now);
    if (!outcome) throw new UserError('sponsor.errors.goesOn');
    await planNext(tx, id, outcome);
  });
}
