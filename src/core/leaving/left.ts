import type { TenantDb } from '../../db/tenant.js';
import type { Hands } from '../pairing/hands.js';
import { stir } from '../pairing/mentor/stir.js';
import { takeBack } from '../pairing/withdraw.js';
import { cancel, plan } from '../work/plan.js';
import { ERASE, graceOver, WORD } from './kinds.js';

/** What they asked others for is over, and whom others are being asked about goes on to somebody else. Nobody is told why. */
async function endOffers({ db: tx, cipher }: Hands, memberId: string, now: Date): Promise<void> {
  await stir(tx, memberId, now);
  const open = await tx.pairingRequest.findFirst({ where: { openFor: memberId }, select: { id: true } });
  if (open) await takeBack({ db: tx, cipher }, open.id, now);
}

/**
 * Notes that a member is not there any more, has them told, and plans the erasing of what they said. From now on nobody is brought to
 * them and nothing of the community is told them. Twice is once.
 */
export async function left({ db, cipher }: Hands, memberId: string, now: Date): Promise<void> {
  await db.transact(async (tx) => {
    if ((await tx.member.count({ where: { id: memberId, leftAt: null } })) === 0) return;
    await endOffers({ db: tx, cipher }, memberId, now);
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
