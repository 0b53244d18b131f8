import type { TenantDb } from '../../../db/tenant.js';
import { plan } from '../../work/plan.js';
import { WAITING } from './work.js';

/** Milliseconds in which facilitators are told once, whatever comes. */
const ONCE_IN = 7 * 24 * 3_600_000;

/** Has facilitators told that something waits, unless something that came lately waits already. Call it before what is new is written. */
export async function tellOfNews(tx: TenantDb, now: Date): Promise<void> {
  const createdAt = { gt: new Date(now.getTime() - ONCE_IN) };
  const waits =
    (await tx.resourceReport.count({ where: { openFor: { not: null }, createdAt } })) +
    (await tx.resourceSuggestion.count({ where: { closedAt: null, createdAt } }));
  if (waits === 0) await plan(tx, { kind: WAITING, subjectId: tx.communityId }, now);
}
