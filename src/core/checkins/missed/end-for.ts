import type { Ending } from '../../privacy/ending.js';
import { removeRecipient } from './remove-recipient.js';

/** Plans of others tell a member who is erased, or left, nothing any more, and their writers should know. */
export async function endPlans({ db, who, now, tell }: Ending): Promise<void> {
  const plans = await db.missedPlan.findMany({
    where: { steps: { some: { recipientId: who.id } } },
    include: { steps: { where: { recipientId: who.id } } },
    orderBy: { id: 'asc' },
  });
  for (const { memberId, steps } of plans) {
    await removeRecipient(db, memberId, who.id, now);
    if (steps.some(({ declinedAt }) => declinedAt === null)) await tell('plan', memberId);
  }
}
