import type { TenantDb } from '../../../db/tenant.js';
import { ownZoneOf } from '../../members/zone.js';
import type { Scope } from '../../scope.js';
import { workId } from '../../work/id.js';
import { PROMPT } from '../kinds.js';
import { mine, planNext } from './kept.js';

type Acting = Pick<Scope, 'now'> & { readonly member: Pick<Scope['member'], 'id'> };

/** The member's own zone; undefined until they chose it or the platform told it. */
export async function ownZone({ db, member }: Pick<Scope, 'db' | 'member'>): Promise<string | undefined> {
  const row = await db.member.findUniqueOrThrow({ where: { id: member.id }, select: { zone: true, toldZone: true } });
  return ownZoneOf(row);
}

/**
 * Promises the times of the member's schedules anew, in the zone where they are now. What fell due before stays due: it is
 * asked for at once, and never again in the new zone.
 */
export async function promiseAnew(tx: TenantDb, scope: Acting, zone: string): Promise<void> {
  const rows = await mine(tx, scope);
  const due = await tx.dueWork.findMany({
    where: { id: { in: rows.map(({ id }) => workId({ kind: PROMPT, subjectId: id })) }, dueAt: { lte: scope.now } },
    select: { subjectId: true },
  });
  const isDue = new Set(due.map(({ subjectId }) => subjectId));
  for (const row of rows) if (!isDue.has(row.id)) await planNext(tx, row, zone, scope.now);
}

/**
 * The same as {@link changeZone}, in a transaction that does more. Whoever agrees to the zone that the platform tells chose
 * none: they go on being asked where they are.
 */
export async function moveMember(tx: TenantDb, scope: Scope, zone: string): Promise<void> {
  const id = scope.member.id;
  const before = await tx.member.findUniqueOrThrow({ where: { id }, select: { zone: true, toldZone: true } });
  if (ownZoneOf(before) === zone) return;
  await tx.member.update({ where: { id }, data: { zone } });
  await promiseAnew(tx, scope, zone);
}

/** The member is somewhere else now. Nothing that was promised is lost, and nothing comes twice (src/time/recurrence.ts). */
export const changeZone = (scope: Scope, zone: string): Promise<void> => scope.db.transact((tx) => moveMember(tx, scope, zone));
