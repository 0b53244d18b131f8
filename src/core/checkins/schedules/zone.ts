import type { TenantDb } from '../../../db/tenant.js';
import type { Scope } from '../../scope.js';
import { PROMPT } from '../kinds.js';
import { mine, planNext } from './kept.js';

/** The member's own zone; undefined until they chose it or the platform told it. */
export async function ownZone({ db, member }: Pick<Scope, 'db' | 'member'>): Promise<string | undefined> {
  const row = await db.member.findUniqueOrThrow({ where: { id: member.id }, select: { zone: true } });
  return row.zone ?? undefined;
}

/**
 * The same as {@link changeZone}, in a transaction that does more. What fell due before stays due: it is asked for at once, and
 * never again in the new zone.
 */
export async function moveMember(tx: TenantDb, scope: Scope, zone: string): Promise<void> {
  const { member, now } = scope;
  const before = await tx.member.findUniqueOrThrow({ where: { id: member.id }, select: { zone: true } });
  if (before.zone === zone) return;
  await tx.member.update({ where: { id: member.id }, data: { zone } });
  const rows = await mine(tx, scope);
  const due = await tx.dueWork.findMany({
    where: { kind: PROMPT, subjectId: { in: rows.map(({ id }) => id) }, dueAt: { lte: now } },
    select: { subjectId: true },
  });
  const isDue = new Set(due.map(({ subjectId }) => subjectId));
  for (const row of rows) if (!isDue.has(row.id)) await planNext(tx, row, zone, now);
}

/** The member is somewhere else now. Nothing that was promised is lost, and nothing comes twice (src/time/recurrence.ts). */
export const changeZone = (scope: Scope, zone: string): Promise<void> => scope.db.transact((tx) => moveMember(tx, scope, zone));
