import type { TenantDb } from '../../db/tenant.js';

/** What is to be looked at later. */
export interface Work {
  /** Names the code that knows what to do. */
  readonly kind: string;
  readonly subjectId: string;
}

/** Plans this work, or moves it when it was planned already. Pass the transaction that writes what it is about. */
export async function plan(tx: TenantDb, { kind, subjectId }: Work, dueAt: Date): Promise<void> {
  const { communityId } = tx;
  const times = { dueAt, wakeAt: dueAt, failures: 0 };
  await tx.dueWork.upsert({
    where: { communityId_kind_subjectId: { communityId, kind, subjectId } },
    create: { communityId, kind, subjectId, ...times },
    update: times,
  });
}

/** Forgets this work. Nothing happens when it was not planned. */
export async function cancel(tx: TenantDb, { kind, subjectId }: Work): Promise<void> {
  await tx.dueWork.deleteMany({ where: { kind, subjectId } });
}
