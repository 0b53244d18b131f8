import type { TenantDb } from '../../../db/tenant.js';
import { closeRelay } from '../../relay/close.js';
import type { Scope } from '../../scope.js';
import { holdMine, type OpenRequest } from './hold.js';
import { LOOKS_FOR } from './kinds.js';

/**
 * Somebody said yes, and it came to nothing: others are looked for from now on, and that one is not asked again. Held before.
 * @param said `missed`: the asker says so; `no`: the volunteer does
 */
export async function lookAnew(
  tx: TenantDb,
  { id, relayId, asks }: OpenRequest,
  said: 'missed' | 'no',
  now: Date,
): Promise<void> {
  const taken = asks.filter((ask) => ask.said === 'yes').map((ask) => ask.id);
  await tx.supportAsk.updateMany({ where: { id: { in: taken } }, data: { said, saidAt: now } });
  const until = new Date(now.getTime() + LOOKS_FOR);
  await tx.supportRequest.updateMany({ where: { id }, data: { since: now, until, relayId: null } });
  if (relayId) await closeRelay(tx, relayId, { quietly: true }, now);
}

/** The asker says that nobody came. Nothing changes while nobody had said yes. @throws UserError when it is over */
export async function nobodyCame(scope: Scope, requestId: string): Promise<void> {
  const { db, now } = scope;
  await db.transact(async (tx) => {
    const row = await holdMine(tx, scope, requestId);
    if (row.asks.some(({ said }) => said === 'yes')) await lookAnew(tx, row, 'missed', now);
  });
}
