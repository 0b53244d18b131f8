import type { TenantDb } from '../../db/tenant.js';
import { type Work, workId, workRow } from './id.js';

/** Plans this work, or moves it when it was planned already. Pass the transaction that writes what it is about. */
export async function plan(tx: TenantDb, work: Work, dueAt: Date): Promise<void> {
  const create = workRow({ ...work, communityId: tx.communityId }, dueAt);
  await tx.dueWork.upsert({ where: { id: create.id }, create, update: { dueAt, wakeAt: dueAt, failures: 0 } });
}

/** Forgets this work. Nothing happens when it was not planned. */
export const cancel = (tx: TenantDb, work: Work): Promise<void> => cancelAll(tx, [work]);

/** Forgets all of this work. */
export async function cancelAll(tx: TenantDb, works: readonly Work[]): Promise<void> {
  await tx.dueWork.deleteMany({ where: { id: { in: works.map(workId) } } });
}
