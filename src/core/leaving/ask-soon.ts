import type { TenantDb } from '../../db/tenant.js';
import { plan } from '../work/plan.js';
import { askedAgain, LOOK } from './kinds.js';

/** Milliseconds after the platform said that somebody is there, in which it is not asked again for this. */
const SURE = 3_600_000;

/**
 * Somebody may not be there any more, as when a message could not reach them. The next look, which is now, asks for them first.
 * @param sure for so many milliseconds it is believed that the platform said they are
 */
export async function askSoon(db: TenantDb, memberId: string, now: Date, sure = SURE): Promise<void> {
  const long = new Date(now.getTime() - (askedAgain(now).getTime() - now.getTime()) - 1);
  const { count } = await db.member.updateMany({
    where: { id: memberId, leftAt: null, thereAt: { lt: new Date(now.getTime() - sure) } },
    data: { thereAt: long },
  });
  if (count > 0) await plan(db, { kind: LOOK, subjectId: db.communityId }, now);
}
