import type { TenantDb } from '../../db/tenant.js';
import { endPlans } from '../checkins/missed/end-for.js';
import { leaveLive } from '../live/end-for.js';
import type { Hands } from '../pairing/hands.js';
import { holdIntroduction, partBy } from '../pairing/introduce.js';
import { stir } from '../pairing/mentor/stir.js';
import { takeBack } from '../pairing/withdraw.js';
import { type Ending, endingOf } from '../privacy/ending.js';
import { whoIs } from '../privacy/who.js';
import { endRelays } from '../relay/end-for.js';
import { leaveSupport } from '../support/end-for.js';
import { cancel, plan } from '../work/plan.js';
import { ERASE, graceOver, WORD } from './kinds.js';

/** What they asked others for is over, and whom others are being asked about, or would meet, goes on to somebody else. */
async function endOffers(ending: Ending): Promise<void> {
  const { db, who, now } = ending;
  await stir(db, who.id, now);
  const open = await db.pairingRequest.findFirst({ where: { openFor: who.id }, select: { id: true } });
  if (open) await takeBack(ending, open.id, now);
  const intros = await db.pairing.findMany({ where: { mentorId: who.id, state: 'introducing' }, orderBy: { requestId: 'asc' } });
  for (const intro of intros) {
    await holdIntroduction(db, intro, now);
    await partBy(ending, intro, 'mentor');
  }
}

/**
 * Notes that a member is not there any more, has them told, and plans the erasing of what they said. From now on nobody is brought to
 * them, nothing of the community is told them, and nothing is passed on between them and others, who hear that it ended and not why.
 * Twice is once.
 */
export async function left({ db, cipher }: Hands, memberId: string, now: Date): Promise<void> {
  await db.transact(async (tx) => {
    if ((await tx.member.count({ where: { id: memberId, leftAt: null } })) === 0) return;
    const ending = endingOf({ db: tx, cipher, who: await whoIs({ db: tx, cipher }, memberId), now });
    await endOffers(ending);
    await endPlans(ending);
    await leaveSupport(ending);
    await endRelays(ending);
    await leaveLive(ending);
    const { count } = await tx.member.updateMany({ where: { id: memberId, leftAt: null }, data: { leftAt: now } });
    if (count === 0) return;
    await plan(tx, { kind: WORD, subjectId: memberId }, now);
    await plan(tx, { kind: ERASE, subjectId: memberId }, graceOver(now));
  });
}

/** They are there again, in time. */
export async function back(db: TenantDb, memberId: string, now: Date): Promise<void> {
  await db.transact(async (tx) => {
    await tx.member.updateMany({ where: { id: memberId }, data: { leftAt: null, thereAt: now } });
    await cancel(tx, { kind: WORD, subjectId: memberId });
    await cancel(tx, { kind: ERASE, subjectId: memberId });
  });
}
