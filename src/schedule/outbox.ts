import { randomUUID } from 'node:crypto';
import type { NewDelivery, Tx } from './kinds.js';
import type { Queue } from './queue.js';
import { rank } from './ranks.js';

/**
 * Writes deliveries and their jobs in one transaction: both exist or neither. One whose `once` is known already is left
 * out; one that is pointless already is written as dropped, so that it is accounted for.
 * @returns how many will be sent
 */
export async function enqueue(tx: Tx, queue: Queue, deliveries: readonly NewDelivery[], now: Date): Promise<number> {
  if (deliveries.length === 0) return 0;
  const ranks = await rank(tx, deliveries);
  const data = deliveries.map(({ communityId, kind, subjectId, memberId, platform, once, dueAt, expiresAt }, index) => ({
    id: randomUUID(),
    ...{ communityId, kind, subjectId, memberId: memberId ?? null, platform, once, dueAt, expiresAt },
    rank: ranks[index] ?? 0,
    ...(expiresAt > now ? { state: 'queued' as const } : { state: 'dropped' as const, reason: 'late', endedAt: now }),
  }));
  const made = await tx.delivery.createManyAndReturn({
    data,
    skipDuplicates: true,
    select: { id: true, platform: true, rank: true, state: true },
  });
  const queued = made.filter(({ state }) => state === 'queued');
  await queue.add(queued, tx);
  return queued.length;
}
