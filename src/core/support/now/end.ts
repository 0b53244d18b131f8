import { closeRelay } from '../../relay/close.js';
import type { Scope } from '../../scope.js';
import { endRequest, holdMine } from './hold.js';

/**
 * The asker ends it: they have spoken with somebody, or do not want to any more. After `spoken` the two can still write to each
 * other for as long as they could.
 * @throws UserError when it is over already
 */
export async function endMine(scope: Scope, requestId: string, how: 'spoken' | 'withdrawn'): Promise<void> {
  const { db, now } = scope;
  await db.transact(async (tx) => {
    const { id, relayId } = await holdMine(tx, scope, requestId);
    await endRequest(tx, id, how, now);
    if (how === 'withdrawn' && relayId) await closeRelay(tx, relayId, { by: scope.member.id }, now);
  });
}
