import type { TenantDb } from '../../../db/tenant.js';
import { cancel } from '../../work/plan.js';
import { FACT, recipientName, SILENCE } from './plan.js';

/**
 * Takes somebody out of a member's plan, with effect at once: what waits to be sent to them finds no step and is not sent. A
 * plan of which nothing is left is gone. Call it in the transaction of what it follows from.
 * @returns whether they were in it
 */
export async function removeRecipient(tx: TenantDb, memberId: string, recipientId: string, now: Date): Promise<boolean> {
  const consent = { memberId, fact: FACT, recipient: recipientName(recipientId), revokedAt: null };
  await tx.consent.updateMany({ where: consent, data: { revokedAt: now } });
  const plan = await tx.missedPlan.findFirst({ where: { memberId }, include: { steps: true } });
  const theirs = plan?.steps.filter((step) => step.recipientId === recipientId) ?? [];
  if (!plan || theirs.length === 0) return false;
  if (theirs.length === plan.steps.length) {
    await cancel(tx, { kind: SILENCE, subjectId: plan.id });
    await tx.missedPlan.delete({ where: { id: plan.id } });
    return true;
  }
  await tx.missedStep.deleteMany({ where: { planId: plan.id, recipientId } });
  const left = new Set(plan.steps.filter((step) => step.recipientId !== recipientId).map(({ position }) => position));
  await tx.missedPlan.update({ where: { id: plan.id }, data: { taken: plan.taken.filter((position) => left.has(position)) } });
  return true;
}
