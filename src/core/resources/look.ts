import type { Scope } from '../scope.js';
import type { ResourceDetails } from './resource.js';

export interface FoundResource {
  readonly id: string;
  readonly sourceId: string;
  readonly zone: string | null;
  readonly hours: readonly number[];
  /** YYYY-MM-DD. */
  readonly verified: string | null;
  readonly details: ResourceDetails;
  /** Since when its source does not have it any more. */
  readonly retiredAt: Date | null;
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
  retiredAt: true,
  source: { select: { zone: true } },
} as const;

type Shown = Omit<FoundResource, 'details' | 'miles'> & {
  readonly details: unknown;
  readonly source: { readonly zone: string | null };
};

/** A row as it is shown. */
export const shown = ({ source, zone, details, ...row }: Shown): FoundResource => ({
  ...row,
  zone: zone ?? source.zone,
  details: details as ResourceDetails,
});

/** One of them, also when its source does not have it any more; undefined where it is not this community's. */
export async function lookAtResource({ db }: Pick<Scope, 'db'>, id: string): Promise<FoundResource | undefined> {
  const row = await db.resource.findFirst({ where: { id }, select: SHOWN });
  return row ? shown(row) : undefined;
}
