import type { Cipher } from '../db/cipher.js';
import type { Prisma, PrismaClient } from '../db/generated/client.js';
import { type TenantDb, tenantDb } from '../db/tenant.js';

/**
 * What is kept of one community, for work that nobody of it asked for at this moment.
 * @param prisma the client, or the transaction that the work belongs to
 */
export const within = (
  { prisma, cipher }: { readonly prisma: PrismaClient | Prisma.TransactionClient; readonly cipher: Cipher },
  communityId: string,
): { readonly db: TenantDb; readonly cipher: Cipher } => ({ db: tenantDb(prisma, communityId), cipher });
