import { Prisma } from '../../db/generated/client.js';
import { selectIn, type TenantDb } from '../../db/tenant.js';

/**
 * Makes whoever else does this in the same community wait until the transaction is over.
 * @param what any name; what has another one does not wait
 */
export async function takeTurn(tx: TenantDb, what: string): Promise<void> {
  await selectIn(tx, (id) => Prisma.sql`SELECT 1 AS one FROM pg_advisory_xact_lock(hashtextextended(${`${id} ${what}`}, 0))`);
}
