import type { TenantDb } from '../../db/tenant.js';
import { dayOf } from '../../time/local.js';
import { type Told, teller } from '../communities/report.js';
import { membersMet } from '../members/met.js';
import type { Scope } from '../scope.js';
import { RETENTION_NAMES, type RetentionName } from './kinds.js';

/** How many rows of each kind were deleted in the last days because their time was over; without those of which there were none. */
export async function forgottenOf(scope: Scope, days: number): Promise<ReadonlyMap<RetentionName, Told>> {
  const { db, community, now } = scope;
  const since = dayOf(now, community.zone).subtract({ days }).toString();
  const [members, sums] = await Promise.all([membersMet(scope), sumsSince(db, since)]);
  const tell = teller(members);
  return new Map([...sums].map(([name, count]) => [name, tell(count)]));
}

/** The same as numbers. @param db one community's handle, or the client itself for all of them. @param since local date, ISO */
export async function sumsSince(db: Pick<TenantDb, 'forgotten'>, since: string): Promise<ReadonlyMap<RetentionName, number>> {
  const rows = await db.forgotten.groupBy({ by: ['kind'], where: { night: { gte: since } }, _sum: { count: true } });
  const sums = new Map(rows.map(({ kind, _sum }) => [kind, _sum.count ?? 0]));
  return new Map(RETENTION_NAMES.flatMap((name) => ((sums.get(name) ?? 0) > 0 ? [[name, sums.get(name) ?? 0] as const] : [])));
}
