import type { Scope } from '../../scope.js';
import { cancel } from '../../work/plan.js';
import { FACT, SILENCE } from './plan.js';

/** Takes the whole plan back, with effect at once: what waits to be sent finds no plan and is not sent. */
export async function withdrawPlan({ db, member, now }: Scope): Promise<void> {
  await db.transact(async (tx) => {
    const plan = await tx.missedPlan.findFirst({ where: { memberId: member.id }, select: { id: true } });
    await tx.consent.updateMany({ where: { memberId: member.id, fact: FACT, revokedAt: null }, data: { revokedAt: now } });
    if (!plan) return;
    await cancel(tx, { kind: SILENCE, subjectId: plan.id });
    await tx.missedPlan.delete({ where: { id: plan.id } });
  });
}
