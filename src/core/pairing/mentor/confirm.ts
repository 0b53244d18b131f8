import type { TenantDb } from '../../../db/tenant.js';
import type { Scope } from '../../scope.js';
import { plan } from '../../work/plan.js';
import { holdProfile } from './profile.js';
import { CONFIRM_EVERY, RECONFIRM } from './work.js';

/** What a profile of which somebody just said that it holds is like. */
export const holds = (now: Date) => ({ confirmedAt: now, askedAt: null, lapsedAt: null });

/** Asks again in a month. */
export const askInAMonth = (tx: TenantDb, profileId: string, now: Date): Promise<void> =>
  plan(tx, { kind: RECONFIRM, subjectId: profileId }, new Date(now.getTime() + CONFIRM_EVERY));

/** "All of it still holds", from the mentor. @throws UserError when they have no profile */
export async function confirmProfile(scope: Scope): Promise<void> {
  const { db, now } = scope;
  await db.transact(async (tx) => {
    const { id } = await holdProfile(tx, scope);
    await tx.mentorProfile.update({ where: { id }, data: holds(now) });
    await askInAMonth(tx, id, now);
  });
}
