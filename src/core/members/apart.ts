import type { TenantDb } from '../../db/tenant.js';
import type { Scope } from '../scope.js';

/** The member is never brought together with that other one (again), in either direction. Nobody is told. Twice is once. */
export async function keepApart(tx: TenantDb, { member, now }: Pick<Scope, 'member' | 'now'>, otherId: string): Promise<void> {
  const row = { communityId: tx.communityId, memberId: member.id, otherId, at: now };
  await tx.memberBlock.createMany({ data: [row], skipDuplicates: true });
}

/** Everybody whom a member is not to be brought together with, whichever of the two said so. */
export async function apartFrom(db: Pick<TenantDb, 'memberBlock'>, memberId: string): Promise<ReadonlySet<string>> {
  const rows = await db.memberBlock.findMany({ where: { OR: [{ memberId }, { otherId: memberId }] } });
  return new Set(rows.map((row) => (row.memberId === memberId ? row.otherId : row.memberId)));
}
