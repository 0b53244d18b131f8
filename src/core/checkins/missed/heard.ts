import type { TenantDb } from '../../../db/tenant.js';

/**
 * The member did something: any silence is over, and steps that wait to be sent are not sent. Call it in the transaction of
 * every check-in, snooze, "not this time", pause and resume.
 */
export async function heardFrom(tx: TenantDb, memberId: string, now: Date): Promise<void> {
  await tx.missedPlan.updateMany({ where: { memberId }, data: { since: now, taken: [] } });
}
