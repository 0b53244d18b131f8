import type { Prisma } from '../../db/generated/client.js';
import { platformsOf } from '../members/reach.js';
import type { MemberNotice } from '../notice.js';
import { OVER } from './kinds.js';
import type { Looked } from './passing.js';

/** Milliseconds after its end for which a relay is kept, so that who presses an old button is told that it is over. */
const KEPT = 24 * 3_600_000;

/** Closes what is over, tells whoever is to be told, and forgets what was closed a day ago. Looking twice tells nothing twice. */
export async function lookAtRelays(tx: Prisma.TransactionClient, ids: readonly string[], now: Date): Promise<Looked> {
  await tx.relay.updateMany({ where: { id: { in: [...ids] }, closedAt: null, until: { lte: now } }, data: { closedAt: now } });
  const rows = await tx.relay.findMany({ where: { id: { in: [...ids] } } });
  const platforms = await platformsOf(
    tx,
    rows.flatMap(({ aId, bId }) => [aId, bId]),
  );
  const deliveries: MemberNotice[] = [];
  const next = new Map<string, Date | null>();
  for (const { id, communityId, aId, bId, until, closedAt, closedBy, isQuiet } of rows) {
    const forgetAt = closedAt && new Date(closedAt.getTime() + KEPT);
    if (!closedAt || !forgetAt) next.set(id, until);
    else if (forgetAt <= now) {
      await tx.relay.deleteMany({ where: { id } });
      next.set(id, null);
    } else {
      next.set(id, forgetAt);
      const told = isQuiet ? [] : [aId, bId].filter((memberId) => memberId !== closedBy);
      for (const memberId of told) {
        const platform = platforms.get(memberId);
        const about = { communityId, kind: OVER, subjectId: id, memberId, once: `${OVER}:${id}:${memberId}` };
        if (platform) deliveries.push({ ...about, platform, dueAt: closedAt, expiresAt: forgetAt });
      }
    }
  }
  return { deliveries, next };
}
