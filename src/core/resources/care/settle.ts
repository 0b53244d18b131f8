import type { ResourceOutcome, ResourceTrouble } from '../../../db/generated/enums.js';
import type { TenantDb } from '../../../db/tenant.js';
import { plan } from '../../work/plan.js';
import { FORGET, KEPT_FOR, SETTLED } from './work.js';

/** What a member can find wrong with a service. */
export const TROUBLES = ['number', 'moved', 'closed', 'full', 'unkind', 'other'] as const satisfies readonly ResourceTrouble[];

/**
 * Closes what members reported, forgets their words, and tells each of them once what became of it.
 * @param of these kinds only
 */
export async function settle(
  tx: TenantDb,
  resourceId: string,
  outcome: ResourceOutcome,
  of: readonly ResourceTrouble[],
  now: Date,
): Promise<void> {
  const closed = await tx.resourceReport.updateManyAndReturn({
    where: { resourceId, openFor: { in: [...of] } },
    data: { openFor: null, words: null, closedAt: now, outcome },
    select: { id: true, memberId: true },
  });
  const told = new Set<string>();
  for (const { id, memberId } of closed) {
    if (!told.has(memberId)) await plan(tx, { kind: SETTLED, subjectId: id }, now);
    told.add(memberId);
    await plan(tx, { kind: FORGET, subjectId: id }, new Date(now.getTime() + KEPT_FOR));
  }
}
