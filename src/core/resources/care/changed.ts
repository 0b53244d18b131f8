import type { TenantDb } from '../../../db/tenant.js';
import { note } from '../../audit/note.js';
import type { Scope } from '../../scope.js';

/** What facilitators do to a service, or to what was suggested. */
export const CHANGES = [
  'added',
  'fixed',
  'right',
  'thanked',
  'retired',
  'returned',
  'pinned',
  'unpinned',
  'noted',
  'accepted',
  'declined',
] as const;
export type Change = (typeof CHANGES)[number];

/** Who did what, when; without what was written. */
export interface Changed {
  readonly change: Change;
  /** Null: they were erased since. */
  readonly actorId: string | null;
  readonly at: Date;
}

const PREFIX = 'resource.';

/** Writes down who did it. Belongs at the end of the transaction that does it. */
export const noteChange = (tx: TenantDb, scope: Scope, subject: string, change: Change): Promise<void> =>
  note(tx, scope, `${PREFIX}${change}`, { subject });

/** How much was done so far. Whoever is shown something and acts on it says what they had seen. */
export const changeCount = (db: TenantDb, subjectId: string): Promise<number> => db.auditEvent.count({ where: { subjectId } });

/** What was done to one of them, the last first. For facilitators. */
export async function changesOf(db: TenantDb, subjectId: string, most: number): Promise<readonly Changed[]> {
  const rows = await db.auditEvent.findMany({ where: { subjectId }, orderBy: { seq: 'desc' }, take: most });
  return rows.flatMap(({ action, actorId, at }) => {
    const change = CHANGES.find((one) => `${PREFIX}${one}` === action);
    return change === undefined ? [] : [{ change, actorId, at }];
  });
}

/** What somebody else did since the reader was shown it; undefined: nothing. */
export async function changedMeanwhile(
  tx: TenantDb,
  { member }: Scope,
  subjectId: string,
  seen: number,
): Promise<Changed | undefined> {
  const more = (await changeCount(tx, subjectId)) - seen;
  if (more <= 0) return undefined;
  return (await changesOf(tx, subjectId, more)).find(({ actorId }) => actorId !== member.id);
}
