import type { Prisma } from '../../db/generated/client.js';
import type { PlatformName } from '../names.js';

/**
 * Where each of these members can be written to: the platform that they were met on last. Members of other communities than
 * one's own may be among them; whoever has no account any more is left out.
 */
export async function platformsOf(
  tx: Pick<Prisma.TransactionClient, 'identity'>,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, PlatformName>> {
  const rows = await tx.identity.findMany({
    where: { memberId: { in: [...new Set(memberIds)] } },
    orderBy: { createdAt: 'asc' },
    select: { memberId: true, platform: true },
  });
  return new Map(rows.map(({ memberId, platform }) => [memberId, platform]));
}
