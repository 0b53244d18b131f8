import { UserError } from '../../chat/errors.js';
import { note } from '../audit/note.js';
import type { Scope } from '../scope.js';
import { separate } from './close.js';
import { pairKey } from './pair.js';
import { showNothingMore } from './shares.js';
import { lookAtWaiting } from './work.js';

/** Two members whom the community keeps apart. */
export type Apart = readonly [one: string, other: string];

/** Whom facilitators keep apart, but for what concerns the reader, the latest first. */
export async function keptApart({ db, member }: Scope): Promise<Apart[]> {
  const where = { kind: 'apart' as const, aId: { not: member.id }, bId: { not: member.id } };
  const rows = await db.separation.findMany({ where, orderBy: { createdAt: 'desc' }, take: 10 });
  return rows.map(({ aId, bId }) => [aId, bId]);
}

/**
 * A facilitator keeps two members apart, or lets them be offered to each other again. It is written down that it was done, and not
 * whom it concerns.
 * @throws UserError for one and the same, or for oneself
 */
export async function keepTwoApart(scope: Scope, [one, other]: Apart, isOn: boolean): Promise<void> {
  const { db, member, now } = scope;
  if (one === other) throw new UserError('sponsor.apart.same');
  if ([one, other].includes(member.id)) throw new UserError('sponsor.apart.own');
  await db.transact(async (tx) => {
    if (isOn) {
      await separate(tx, [one, other], { kind: 'apart', by: member.id });
      await showNothingMore(tx, [one, other], now);
    } else await tx.separation.deleteMany({ where: { ...pairKey(one, other), kind: 'apart' } });
    await lookAtWaiting(tx, now);
    await note(tx, scope, isOn ? 'pairing.apart' : 'pairing.apartNoMore');
  });
}
