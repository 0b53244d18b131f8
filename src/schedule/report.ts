import type { PrismaClient } from '../db/generated/client.js';

/** What happened to messages, and what waits. Counts only: it says nothing of anybody. */
export interface Counts {
  readonly queued: number;
  /** When the one that waits longest was promised. */
  readonly oldest?: Date;
  readonly sent: number;
  /** By reason. */
  readonly dropped: Readonly<Record<string, number>>;
  /** Given up after many failures, by reason: an operator should look. */
  readonly dead: Readonly<Record<string, number>>;
  /** Work that failed when it fell due and will be looked at again. */
  readonly parked: number;
}

export interface Which {
  /** One community; all of them without it. */
  readonly communityId?: string;
  /** Counts what ended from then on. What waits is always counted. */
  readonly since: Date;
}

export async function counts(prisma: PrismaClient, { communityId, since }: Which): Promise<Counts> {
  const mine = communityId === undefined ? {} : { communityId };
  const [queued, ended, parked] = await Promise.all([
    prisma.delivery.aggregate({ where: { ...mine, state: 'queued' }, _count: true, _min: { dueAt: true } }),
    prisma.delivery.groupBy({ by: ['state', 'reason'], where: { ...mine, endedAt: { gte: since } }, _count: true }),
    prisma.dueWork.count({ where: { ...mine, failures: { gt: 0 } } }),
  ]);
  const reasons = (state: 'dropped' | 'dead') =>
    Object.fromEntries(ended.filter((row) => row.state === state).map((row) => [row.reason ?? 'unknown', row._count]));
  return {
    queued: queued._count,
    ...(queued._min.dueAt && { oldest: queued._min.dueAt }),
    sent: ended.find((row) => row.state === 'sent')?._count ?? 0,
    dropped: reasons('dropped'),
    dead: reasons('dead'),
    parked,
  };
}
