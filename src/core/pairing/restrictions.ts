import { UserError } from '../../chat/errors.js';
import type { RestrictionKind } from '../../db/generated/enums.js';
import { note, noteReads } from '../audit/note.js';
import type { Scope } from '../scope.js';
import { reasonBinding } from './restrict.js';
import { lookAtWaiting } from './work.js';

/** A restriction as a facilitator reads it. */
export interface RestrictionShown {
  readonly id: string;
  readonly memberId: string;
  readonly kind: RestrictionKind;
  readonly until: Date;
  readonly reason: string;
}

/** Those that hold now, but for the reader's own; what ends first stands first. Each is told that it was read. */
export async function restrictions(scope: Scope): Promise<RestrictionShown[]> {
  const { db, cipher, member, now } = scope;
  const rows = await db.restriction.findMany({
    where: { until: { gt: now }, memberId: { not: member.id } },
    orderBy: [{ until: 'asc' }, { id: 'asc' }],
    take: 10,
  });
  const ids = rows.map(({ memberId }) => memberId);
  await noteReads(db, scope, 'pairing.restrictRead', ids);
  return rows.map(({ id, memberId, kind, until, reason }) => ({
    ...{ id, memberId, kind, until },
    reason: cipher.open(reason, reasonBinding(id)),
  }));
}

/** They can do it again from now on. @throws UserError where it is over, or the reader's own */
export async function liftRestriction(scope: Scope, id: string): Promise<void> {
  const { db, member, now } = scope;
  await db.transact(async (tx) => {
    const { count } = await tx.restriction.deleteMany({ where: { id, memberId: { not: member.id } } });
    if (count === 0) throw new UserError('sponsor.restrict.over');
    await lookAtWaiting(tx, now);
    await note(tx, scope, 'pairing.restrictLift');
  });
}
