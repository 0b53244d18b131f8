import type { Ending } from '../privacy/ending.js';
import { plan } from '../work/plan.js';
import { CARD } from './kinds.js';

/** Cards of group check-ins that are open count the member's answer no more. */
export async function endGroups({ db, who, now }: Ending): Promise<void> {
  const rounds = await db.groupRound.findMany({ where: { closedAt: null, answers: { some: { memberId: who.id } } } });
  for (const { id } of rounds) await plan(db, { kind: CARD, subjectId: id }, now);
}
