import type { TenantDb } from '../../db/tenant.js';
import { cancel, plan } from '../work/plan.js';
import { ERASE, graceOver, WORD } from './kinds.js';

/** Notes that a member is not there any more, has them told, and plans the erasing of what they said. Twice is once. */
export async function left(db: TenantDb, memberId: string, now: Date): Promise<void> {
  await db.transact(async (tx) => {
    const { count } = await tx.member.updateMany({ where: { id: memberId, leftAt: null }, data: { leftAt: now } });
    if (count === 0) return;
    await plan(tx, { kind: WORD, subjectId: memberId }, now);
    await plan(tx, { kind: ERASE, subjectId: memberId }, graceOver(now));
  });
}

/** They are there again, in time. */
export async function back(db: TenantDb, memberId: string, now: Date): Promise<void> {
  await db.transact(async (tx) => {
    await tx.member.updateMany({ where: { id: memberId }, data: { leftAt: null, thereAt: now } });
    await cancel(tx, { kind: WORD, subjectId: memberId });
    await cancel(tx, { kind: ERASE, subjectId: memberId });
  });
}
