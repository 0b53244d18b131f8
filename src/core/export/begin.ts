import { UserError } from '../../chat/errors.js';
import type { TenantDb } from '../../db/tenant.js';
import { remember } from '../privacy/consent.js';
import type { Scope } from '../scope.js';

/** Milliseconds until there can be another: it is work for the database, and a way to copy somebody from an open phone. */
const AGAIN_AFTER = 60 * 60_000;

/** Whoever of the same member comes at the same time waits until the transaction is over. */
export const oneAtATime = (tx: TenantDb, id: string): Promise<unknown> => tx.member.updateMany({ where: { id }, data: { id } });

/**
 * Writes down that an export is made, without anything of it. Asked for twice at once, one goes on.
 * @throws UserError when there was one within the hour
 */
export async function begin({ db, member, now }: Scope): Promise<void> {
  await db.transact(async (tx) => {
    await oneAtATime(tx, member.id);
    const since = new Date(now.getTime() - AGAIN_AFTER);
    const was = await tx.consent.count({ where: { memberId: member.id, fact: 'export', grantedAt: { gt: since } } });
    if (was > 0) throw new UserError('export.lately');
    await remember(tx, 'export', [{ memberId: member.id, createdAt: now }], now);
  });
}

/** Nothing came of the one that was begun at `now`: nobody waits an hour for that. */
export const forgetIt = ({ db, member, now }: Pick<Scope, 'db' | 'member' | 'now'>): Promise<unknown> =>
  db.consent.deleteMany({ where: { memberId: member.id, fact: 'export', grantedAt: now } });
