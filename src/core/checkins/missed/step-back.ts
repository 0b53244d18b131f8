import type { TenantDb } from '../../../db/tenant.js';
import { FACT, recipientName } from './plan.js';

/**
 * A recipient is told nothing by that member's plan any more, who sees that they are not, and asks them nothing for a time. Pass the
 * transaction of what it follows from.
 */
export async function stepBack(tx: TenantDb, authorId: string, recipientId: string, now: Date): Promise<void> {
  const { count } = await tx.missedStep.updateMany({
    where: { recipientId, declinedAt: null, plan: { memberId: authorId } },
    data: { acceptedAt: null, declinedAt: now },
  });
  await tx.consent.updateMany({
    where: { memberId: authorId, fact: FACT, recipient: recipientName(recipientId), revokedAt: null },
    data: { revokedAt: now },
  });
  // Of whom the plan does not name nothing is written down, which a plan of tomorrow would tell its writer.
  if (count === 0) return;
  const key = { communityId: tx.communityId, memberId: authorId, recipientId };
  await tx.missedAsk.upsert({
    where: { communityId_memberId_recipientId: key },
    create: { ...key, askedAt: now, declinedAt: now },
    update: { declinedAt: now },
  });
}
