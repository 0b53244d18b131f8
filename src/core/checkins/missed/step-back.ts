import type { TenantDb } from '../../../db/tenant.js';
import { FACT, recipientName } from './plan.js';

/** A recipient is told nothing by that member's plan any more, who sees that they are not. Pass the transaction of what it follows from. */
export async function stepBack(tx: TenantDb, authorId: string, recipientId: string, now: Date): Promise<void> {
  await tx.missedStep.updateMany({
    where: { recipientId, declinedAt: null, plan: { memberId: authorId } },
    data: { acceptedAt: null, declinedAt: now },
  });
  await tx.consent.updateMany({
    where: { memberId: authorId, fact: FACT, recipient: recipientName(recipientId), revokedAt: null },
    data: { revokedAt: now },
  });
}
