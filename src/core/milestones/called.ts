import { UserError } from '../../chat/errors.js';
import { claimsOffice, looksLike, mixesAlphabets } from '../../writing/lookalike.js';
import type { Scope } from '../scope.js';
import { openDetails, SHARED_FACT } from './details.js';

/**
 * Whether a member may go by this name in a channel, where everybody reads it and nobody can look who it is. Two members may have the
 * same name; one that only looks like another's is for misleading.
 * @throws UserError that says what to do
 */
export async function mayBeCalled({ db, cipher, member }: Scope, name: string): Promise<void> {
  if (mixesAlphabets(name)) throw new UserError('milestone.share.names.mixed');
  if (claimsOffice(name)) throw new UserError('milestone.share.names.office');
  const others = await db.consent.findMany({
    where: { fact: SHARED_FACT, revokedAt: null, memberId: { not: member.id } },
    distinct: ['memberId'],
    select: { memberId: true },
  });
  const rows = await db.milestone.findMany({ where: { memberId: { in: others.map(({ memberId }) => memberId) } } });
  const names = rows.flatMap((row) => openDetails(cipher, row).shares.flatMap(({ called }) => called ?? []));
  if (names.some((other) => looksLike(name, other))) throw new UserError('milestone.share.names.taken');
}
