import { z } from 'zod';
import type { TenantDb } from '../../db/tenant.js';
import { note } from '../audit/note.js';
import type { Scope } from '../scope.js';
import { RETENTION, RETENTION_NAMES, type RetentionName } from './kinds.js';

const KEY = 'retention';

/** For how many days each kind is kept. */
export type RetentionDays = Readonly<Record<RetentionName, number>>;

const schema = z.object(
  Object.fromEntries(
    RETENTION_NAMES.map((name) => {
      const { least, most, usual } = RETENTION[name].days;
      return [name, z.int().min(least).max(most).default(usual).catch(usual)];
    }),
  ),
);

/** What the community chose, and the usual where it chose nothing. */
export async function retentionDays(db: Pick<TenantDb, 'setting'>): Promise<RetentionDays> {
  const kept = await db.setting.findFirst({ where: { key: KEY } });
  return schema.parse(kept?.value ?? {}) as unknown as RetentionDays;
}

/** Changes some of it; it holds from the next night on. Two who change different things at once keep both. Audited, without what. */
export async function changeRetention(scope: Scope, said: Partial<RetentionDays>): Promise<RetentionDays> {
  const { db, community } = scope;
  return db.transact(async (tx) => {
    await tx.community.update({ where: { id: community.id }, data: { id: community.id } });
    const value = schema.parse({ ...(await retentionDays(tx)), ...said });
    await tx.setting.upsert({
      where: { communityId_key: { communityId: community.id, key: KEY } },
      create: { communityId: community.id, key: KEY, value },
      update: { value },
    });
    await note(tx, scope, 'community.settings.retention');
    return value as unknown as RetentionDays;
  });
}
