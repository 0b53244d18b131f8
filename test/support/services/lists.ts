import { importResources } from '../../../src/core/resources/import.js';
import type { Database } from '../../../src/db/open.js';
import { type TenantDb, tenantDb } from '../../../src/db/tenant.js';
import type { Service } from './records.js';

async function* recordsOf(services: readonly Service[], list: string): AsyncGenerator<unknown> {
  for (const { record, facts } of services) if (facts.list === list) yield record;
}

/** A new community with these services, and the sources' own keys of them by our ids. */
export async function bringServices(
  { prisma }: Pick<Database, 'prisma'>,
  services: readonly Service[],
  now: Date,
): Promise<{ readonly db: TenantDb; readonly keys: ReadonlyMap<string, string> }> {
  const { id } = await prisma.community.create({ data: {} });
  const db = tenantDb(prisma, id);
  for (const list of ['treatment', 'legal'])
    await importResources(db, { source: { name: list }, records: recordsOf(services, list), now });
  const rows = await db.resource.findMany({ select: { id: true, key: true } });
  return { db, keys: new Map(rows.map(({ id: own, key }) => [own, key])) };
}
