import { UserError } from '../../chat/errors.js';
import type { TenantDb } from '../../db/tenant.js';
import { keepApart } from '../members/apart.js';
import type { Scope } from '../scope.js';
import { plan } from '../work/plan.js';
import { OVER, otherOf } from './kinds.js';

export interface Closing {
  /** The one of the two who closes it, and need not be told. */
  readonly by?: string;
  /** Neither is told. */
  readonly quietly?: boolean;
}

/**
 * From now on nothing is passed on, nor what is on its way. Closing what is closed, or gone, does nothing.
 * @param tx the transaction that decides it
 */
export async function closeRelay(tx: TenantDb, id: string, { by, quietly = false }: Closing, now: Date): Promise<void> {
  const isOpen = await tx.relay.count({ where: { id, closedAt: null } });
  if (isOpen === 0) return;
  // The work first, as whoever looks after it does, so that neither waits for the other.
  await plan(tx, { kind: OVER, subjectId: id }, now);
  await tx.relay.updateMany({
    where: { id, closedAt: null },
    data: { closedAt: now, closedBy: by ?? null, isQuiet: quietly },
  });
}

/**
 * One of the two ends it. Twice is once.
 * @param apart they are never to be brought together again either; then the other one is not told, now or later
 * @throws UserError when it is not theirs
 */
export async function endRelay(scope: Scope, id: string, apart: boolean): Promise<void> {
  const { db, member, now } = scope;
  const relay = await db.relay.findFirst({ where: { id, OR: [{ aId: member.id }, { bId: member.id }] } });
  if (!relay) throw new UserError('relay.closed');
  await db.transact(async (tx) => {
    if (apart) await keepApart(tx, scope, otherOf(relay, member.id));
    await closeRelay(tx, id, { by: member.id, quietly: apart }, now);
  });
}
