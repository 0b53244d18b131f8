import type { TenantDb } from '../../../db/tenant.js';
import { holdRequest, lookAtWaiting } from '../work.js';

/**
 * Has every request looked at again that a change of this mentor may concern: those that wait, and those about which they are being
 * asked. Call it before what changes: whoever looks after a request holds that first and the mentor second, and so nobody waits
 * for another in a circle.
 */
export async function stir(tx: TenantDb, mentorId: string, now: Date): Promise<void> {
  await lookAtWaiting(tx, now);
  const asked = await tx.pairingOffer.findMany({ where: { mentorId, state: 'open' }, orderBy: { requestId: 'asc' } });
  for (const { requestId } of asked) await holdRequest(tx, requestId, now);
}
