import type { Cipher } from '../../../db/cipher.js';
import type { Prisma } from '../../../db/generated/client.js';
import { tenantDb } from '../../../db/tenant.js';
import { apartFrom } from '../../members/apart.js';
import { plan } from '../../work/plan.js';
import { mayBeAsked } from '../takes.js';
import type { OpenHandover } from './answer.js';
import { HANDED } from './work.js';

/** Who is asked now about a handover that is open. */
export const askedOf = ({ state, toId, pairing }: OpenHandover): string => (state === 'colleague' ? toId : pairing.menteeId);

export interface HandoverLook {
  readonly handover: OpenHandover;
  /** The question goes out, where it did not yet; nobody is asked who should not meet the other. */
  readonly asks: boolean;
  /** When it is looked at again; null once it is over. */
  readonly next: Date | null;
}

/** Looks after handovers that fell due: asks, or ends those that nobody answered in time or whose pairing has ended. */
export async function lookAtHandovers(
  tx: Prisma.TransactionClient,
  cipher: Cipher,
  ids: readonly string[],
  now: Date,
): Promise<readonly HandoverLook[]> {
  const open = await tx.handover.findMany({
    where: { id: { in: [...ids] }, openFor: { not: null } },
    include: { pairing: true },
  });
  const looks: HandoverLook[] = [];
  for (const handover of open) {
    const { id, communityId, deadline, pairing, toId } = handover;
    const db = tenantDb(tx, communityId);
    const isOver = now >= deadline || pairing.state !== 'active';
    if (isOver) {
      await db.handover.update({ where: { id }, data: { state: 'withdrawn', openFor: null, endedAt: now } });
      if (pairing.state === 'active') await plan(db, { kind: HANDED, subjectId: id }, now);
      looks.push({ handover, asks: false, next: null });
      continue;
    }
    const isKept = (await apartFrom(db, toId)).has(pairing.mentorId);
    const asks = !isKept && (await mayBeAsked({ db, cipher }, { memberId: pairing.menteeId }, toId, now));
    looks.push({ handover, asks, next: deadline });
  }
  return looks;
}
