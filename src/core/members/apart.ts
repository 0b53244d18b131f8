import type { TenantDb } from '../../db/tenant.js';
import { showNothingMore } from '../pairing/shares.js';
import type { Scope } from '../scope.js';

/**
 * The member is never brought together with that other one (again), in either direction: neither sees or is told anything more of the
 * other. Nobody is told. Twice is once.
 */
export async function keepApart(tx: TenantDb, { member, now }: Pick<Scope, 'member' | 'now'>, otherId: string): Promise<void> {
  const row = { communityId: tx.communityId, memberId: member.id, otherId, at: now };
  await tx.memberBlock.createMany({ data: [row], skipDuplicates: true });
  await showNothingMore(tx, [member.id, otherId], now);
}

/** Separations that nobody of the two can take back. The others only keep them from being offered to each other. */
const LASTING = ['apart', 'report'] as const;

/** Everybody whom a member is not to be brought together with, whichever of the two said so, or whoever coordinates. */
export async function apartFrom(
  db: Pick<TenantDb, 'memberBlock' | 'separation'>,
  memberId: string,
): Promise<ReadonlySet<string>> {
  const blocks = await db.memberBlock.findMany({ where: { OR: [{ memberId }, { otherId: memberId }] } });
  const between = { kind: { in: [...LASTING] }, OR: [{ aId: memberId }, { bId: memberId }] };
  const separations = await db.separation.findMany({ where: between });
  const pairs = [...blocks.map((row) => [row.memberId, row.otherId]), ...separations.map(({ aId, bId }) => [aId, bId])];
  return new Set(pairs.flat().filter((id): id is string => id !== undefined && id !== memberId));
}

/** Whom the member asked not to be brought together with, the latest first. */
export async function myBlocks({ db, member }: Pick<Scope, 'db' | 'member'>): Promise<string[]> {
  const rows = await db.memberBlock.findMany({ where: { memberId: member.id }, orderBy: { at: 'desc' }, take: 10 });
  return rows.map(({ otherId }) => otherId);
}

/** The member takes back what they asked. What the other asked, or a coordinator, still holds. */
export async function unblock({ db, member }: Pick<Scope, 'db' | 'member'>, otherId: string): Promise<void> {
  await db.memberBlock.deleteMany({ where: { memberId: member.id, otherId } });
}
