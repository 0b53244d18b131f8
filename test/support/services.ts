import { importResources } from '../../src/core/resources/import.js';
import { resourceSourcesOf } from '../../src/core/resources/sources.js';
import type { TenantDb } from '../../src/db/tenant.js';

/** A record as an Open Referral list has it; whatever is left out is not known. */
export type TestService = { readonly id: string; readonly name: string } & Readonly<Record<string, unknown>>;

/**
 * Brings in a list, or what became of it: what is not in it any more is retired.
 * @param services their names, or records
 * @returns ids of the services, in that order
 */
export async function bringServices(
  db: TenantDb,
  services: readonly (string | TestService)[],
  now: Date,
  list = 'County list',
): Promise<string[]> {
  const records = services.map((one) => (typeof one === 'string' ? { id: one, name: one } : one));
  const known = (await resourceSourcesOf(db)).find(({ name }) => name === list);
  async function* stream() {
    yield* records;
  }
  const source = { name: list, attribution: 'Hartford 211', licence: 'CC BY 4.0' };
  await importResources(db, { ...(known && { id: known.id }), source, records: stream(), now, believe: true });
  const rows = await db.resource.findMany({ where: { source: { name: list } }, select: { id: true, name: true } });
  return records.map(({ name }) => rows.find((row) => row.name === name)?.id ?? '');
}
