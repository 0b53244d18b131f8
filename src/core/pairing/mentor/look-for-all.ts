import type { TenantDb } from '../../../db/tenant.js';
import { plan } from '../../work/plan.js';

/** Whoever waits for a mentor is looked for again: somebody may be free for them now. Pass the transaction that made it so. */
export async function lookForAll(tx: TenantDb, now: Date): Promise<void> {
  const waiting = await tx.pairingRequest.findMany({ where: { state: 'waiting' }, select: { id: true }, orderBy: { id: 'asc' } });
  for (const { id } of waiting) await plan(tx, { kind: 'pairing.request', subjectId: id }, now);
}
