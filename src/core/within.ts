import type { Cipher } from '../db/cipher.js';
import type { Prisma, PrismaClient } from '../db/generated/client.js';
import { type TenantDb, tenantDb } from '../db/tenant.js';
import type { Erasures, Forgetters } from './scope.js';

interface Around {
  readonly prisma: PrismaClient | Prisma.TransactionClient;
  readonly cipher: Cipher;
  readonly forgetters?: Forgetters;
  readonly erasures?: Erasures;
}

/** What is kept of one community, and what has to hear of who is erased there. */
export interface Within extends Omit<Around, 'prisma'> {
  readonly db: TenantDb;
}

/**
 * What is kept of one community, for work that nobody of it asked for at this moment.
 * @param around `prisma` is the client, or the transaction that the work belongs to
 */
export const within = ({ prisma, cipher, forgetters, erasures }: Around, communityId: string): Within => ({
  db: tenantDb(prisma, communityId),
  cipher,
  ...(forgetters && { forgetters }),
  ...(erasures && { erasures }),
});
