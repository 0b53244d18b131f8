import type { TenantDb } from '../../db/tenant.js';
import { plan } from '../work/plan.js';
import { askedAgain, LOOK } from './kinds.js';

/** Milliseconds after the platform said that somebody is there, in which it is not asked again for this. */
const SURE = 3_600_000;

/** A message could not reach somebody: maybe because they are not there any more. The next look, which is now, asks for them first. */
export async function askSoon(db: TenantDb, memberId: string, now: Date): Promise<void> {
  const long = new Date(now.getTime() - (askedAgain(now).getTime() - now.getTime()) - 1);
  const { count } = await db.member.updateMany({
    where: { id: memberId, leftAt: null, thereAt: { lt: new Date(now.getTime() - SURE) } },
    data: { thereAt: long },
  });
  if (count > 0) await plan(db, { kind: LOOK, subjectId: db.communityId }, now);
}
