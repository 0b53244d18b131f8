import type { TenantDb } from '../../db/tenant.js';
import { rebuildWords } from './vocabulary.js';

/** A list of services. */
export interface ResourceSource {
  readonly id: string;
  readonly name: string;
  readonly url: string | null;
  readonly attribution: string | null;
  readonly licence: string | null;
  /** IANA. */
  readonly zone: string | null;
  /** When the list was last known to be as in the source. */
  readonly seenAt: Date;
  readonly skipped: number;
  /** What the community's own members know. */
  readonly isOwn: boolean;
}

/** The lists of a community, by name. */
export const resourceSourcesOf = (db: TenantDb): Promise<ResourceSource[]> =>
  db.resourceSource.findMany({ orderBy: { name: 'asc' } });

/** Forgets a list with all its services. */
export async function removeResourceSource(db: TenantDb, id: string): Promise<void> {
  await db.transact(async (tx) => {
    await tx.resourceSource.deleteMany({ where: { id } });
    await rebuildWords(tx);
  });
}
