import type { RoleName } from '../names.js';
import type { Scope } from '../scope.js';
import type { Act } from './acts.js';

/**
 * What is read of one particular member by somebody who may by their role, and by which; it is told to that member, and to no other.
 * What else is read of members is not, and why stands in docs/decisions/audit.md; `test/security/authorisation.test.ts` goes through all
 * that a role opens.
 */
export const READS = {
  'band.read': 'facilitator',
  'pairing.restrictRead': 'facilitator',
  'profile.read': 'facilitator',
  'report.read': 'coordinator',
  'request.read': 'facilitator',
  'roster.read': 'coordinator',
  'share.look': 'mentor',
} as const satisfies Partial<Record<Act, RoleName>>;

export type Read = keyof typeof READS;
export const READ_ACTS = Object.keys(READS) as Read[];

/** That something of the member's own was read, never by whom. */
export interface WasRead {
  readonly what: Read;
  readonly by: (typeof READS)[Read];
  readonly at: Date;
}

/** @param most the newest of them */
export async function readsOf({ db, member }: Pick<Scope, 'db' | 'member'>, most: number): Promise<WasRead[]> {
  const rows = await db.auditEvent.findMany({
    where: { aboutId: member.id, action: { in: READ_ACTS } },
    orderBy: { seq: 'desc' },
    take: most,
    select: { action: true, at: true },
  });
  return rows.map(({ action, at }) => ({ what: action as Read, by: READS[action as Read], at }));
}
