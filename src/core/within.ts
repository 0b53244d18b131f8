import type { Cipher } from '../db/cipher.js';
import type { Prisma, PrismaClient } from '../db/generated/client.js';
import { type TenantDb, tenantDb } from '../db/tenant.js';
import type { Forgetters } from './scope.js';

interface Around {
  readonly prisma: PrismaClient | Prisma.TransactionClient;
  readonly cipher: Cipher;
  readonly forgetters?: Forgetters;
}

/**
 * What is kept of one community, for work that nobody of it asked for at this moment.
 * @param around `prisma` is the client, or the transaction that the work belongs to
 */
export const within = (
  { prisma, cipher, forgetters }: Around,
  communityId: string,
): { readonly db: TenantDb; readonly cipher: Cipher; readonly forgetters?: Forgetters } => ({
  db: tenantDb(prisma, communityId),
  cipher,
  ...(forgetters && { forgetters }),
});
