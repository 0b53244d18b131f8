import type { ResourceRetirer } from '../../db/generated/enums.js';
import type { Scope } from '../scope.js';
import { type Fixes, readFixes } from './care/fixes.js';
import { openNote } from './care/note.js';
import type { ResourceDetails } from './resource.js';

export interface FoundResource {
  readonly id: string;
  readonly sourceId: string;
  readonly zone: string | null;
  readonly hours: readonly number[];
  /** YYYY-MM-DD. */
  readonly verified: string | null;
  readonly details: ResourceDetails;
  /** The day on which the community itself last assured it, YYYY-MM-DD. */
  readonly checkedOn: string | null;
  readonly isPinned: boolean;
  /** What the community knows better than the source; it is in the details. */
  readonly fixes: Fixes;
  /** What facilitators say of it; undefined where it was not asked for, too. */
  readonly note?: string;
  /** Since when it is not found any more, and who decided it. */
  readonly retiredAt: Date | null;
  readonly retiredBy: ResourceRetirer | null;
  /** Miles from the middle of the place that was asked for. */
  readonly miles?: number;
}

/** Columns of what is shown. */
export const SHOWN = {
  id: true,
  sourceId: true,
  zone: true,
  hours: true,
  verified: true,
  details: true,
  checkedOn: true,
  pinnedAt: true,
  fixes: true,
  note: true,
  retiredAt: true,
  retiredBy: true,
  source: { select: { zone: true } },
} as const;

type Shown = Omit<FoundResource, 'details' | 'miles' | 'isPinned' | 'fixes' | 'note'> & {
  readonly details: unknown;
  readonly fixes: unknown;
  readonly pinnedAt: Date | null;
  readonly note: Uint8Array | null;
  readonly source: { readonly zone: string | null };
};

/** A row as it is shown. */
export const shown = ({ source, zone, details, fixes, pinnedAt, note: _sealed, ...row }: Shown): FoundResource => ({
  ...row,
  isPinned: pinnedAt !== null,
  fixes: readFixes(fixes),
  zone: zone ?? source.zone,
  details: details as ResourceDetails,
});

/** One of them, also when its source does not have it any more; undefined where it is not this community's. */
export async function lookAtResource(
  { db, cipher }: Pick<Scope, 'db' | 'cipher'>,
  id: string,
): Promise<FoundResource | undefined> {
  const row = await db.resource.findFirst({ where: { id }, select: SHOWN });
  if (!row) return undefined;
  const note = openNote(cipher, row);
  return { ...shown(row), ...(note !== undefined && { note }) };
}
