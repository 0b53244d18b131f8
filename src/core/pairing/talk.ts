import { UserError } from '../../chat/errors.js';
import { openRelay } from '../relay/open.js';
import type { Scope } from '../scope.js';
import { myPairing } from './introduce.js';

/** Whether words pass between the two of a pairing now. */
export const canTalk = async ({ db }: Pick<Scope, 'db'>, relayId: string | null): Promise<boolean> =>
  relayId !== null && (await db.relay.count({ where: { id: relayId, closedAt: null } })) > 0;

/**
 * Opens the conversation of a pairing again, which one of the two closed. Twice is once.
 * @throws UserError when the pairing is over, not theirs, or has not begun
 */
export async function talkAgain(scope: Scope, id: string): Promise<void> {
  const { db, member, now } = scope;
  await db.transact(async (tx) => {
    await tx.pairing.updateMany({ where: { id }, data: { id } });
    const { state, relayId, menteeId, mentorId } = await myPairing({ db: tx, member }, id);
    if (state !== 'active') throw new UserError('sponsor.pairing.over');
    if (await canTalk({ db: tx }, relayId)) return;
    const fresh = await openRelay(tx, { a: menteeId, b: mentorId, purpose: 'pairing' }, now);
    await tx.pairing.update({ where: { id }, data: { relayId: fresh } });
  });
}
