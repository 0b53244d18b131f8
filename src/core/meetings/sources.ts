import type { TenantDb } from '../../db/tenant.js';
import { cancel } from '../work/plan.js';
import { REFRESH } from './import.js';
import type { OwnKinds } from './types.js';

/** Why a source could not be refreshed the last time. */
export const TROUBLES = ['unreachable', 'refused', 'too-large', 'too-slow', 'unreadable', 'lost'] as const;
export type Trouble = (typeof TROUBLES)[number];

/** A list of meetings elsewhere. */
export interface Source {
  readonly id: string;
  readonly name: string;
  readonly url?: string;
  /** IANA. */
  readonly zone?: string;
  readonly language: string;
  /** Every zone that its meetings have. */
  readonly zones: readonly string[];
  readonly kinds: OwnKinds;
  readonly etag?: string;
  readonly modified?: string;
  /** When the list was last known to be as in the source. */
  readonly seenAt: Date;
  readonly failures: number;
  readonly doubts: number;
  readonly trouble?: Trouble;
  readonly skipped: number;
}

/** The lists of a community, by name. */
export async function sourcesOf(db: TenantDb): Promise<readonly Source[]> {
  const rows = await db.meetingSource.findMany({ orderBy: { name: 'asc' } });
  return rows.map(({ url, zone, etag, modified, problem, kinds, ...row }) => ({
    ...row,
    kinds: kinds as OwnKinds,
    ...(url !== null && { url }),
    ...(zone !== null && { zone }),
    ...(etag !== null && { etag }),
    ...(modified !== null && { modified }),
    ...(problem !== null && { trouble: problem as Trouble }),
  }));
}

/** Forgets a list with all its meetings. @returns whether it was there */
export function removeSource(db: TenantDb, id: string): Promise<boolean> {
  return db.transact(async (tx) => {
    await cancel(tx, { kind: REFRESH, subjectId: id });
    const { count } = await tx.meetingSource.deleteMany({ where: { id } });
    return count > 0;
  });
}
