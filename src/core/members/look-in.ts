import { type TenantDb, tenantDb } from '../../db/tenant.js';
import type { World } from '../scope.js';
import type { Caller } from './enter.js';

/**
 * The community in which somebody is typing. Nobody is met by it, and nothing is written.
 * @returns undefined where there is none yet, and in a direct message of somebody who is known in none or in several
 */
export async function lookIn(
  { prisma }: Pick<World, 'prisma'>,
  { platform, userId, space }: Pick<Caller, 'platform' | 'userId' | 'space'>,
): Promise<TenantDb | undefined> {
  const select = { communityId: true };
  const found = space
    ? await prisma.space.findMany({ where: { platform, externalId: space.id, removedAt: null }, select })
    : await prisma.identity.findMany({ where: { platform, externalId: userId }, select, take: 2 });
  const [only, ...more] = found;
  return only && more.length === 0 ? tenantDb(prisma, only.communityId) : undefined;
}
