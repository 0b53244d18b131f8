import { Prisma } from '../../../db/generated/client.js';
import { selectIn, type TenantDb } from '../../../db/tenant.js';
import { type Fixes, readFixes } from './fixes.js';

/** The fixes of a service, which nobody changes until the transaction ends; undefined where there is no such service. */
export async function holdFixes(tx: TenantDb, id: string): Promise<Fixes | undefined> {
  const [row] = await selectIn<{ fixes: unknown }>(
    tx,
    (communityId) => Prisma.sql`
      SELECT "fixes" FROM "Resource" WHERE "communityId" = ${communityId}::uuid AND "id" = ${id}::uuid FOR UPDATE`,
  );
  return row && readFixes(row.fixes);
}
