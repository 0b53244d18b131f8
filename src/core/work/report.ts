import type { TenantDb } from '../../db/tenant.js';

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

/**
 * @param db one community's handle, or the client itself for all of them
 * @param since counts what ended from then on. What waits is always counted.
 * @param until and before then
 */
export async function countMessages(db: Pick<TenantDb, 'delivery' | 'dueWork'>, since: Date, until?: Date): Promise<Counts> {
  const [queued, ended, parked] = await Promise.all([
    db.delivery.aggregate({ where: { state: 'queued' }, _count: true, _min: { dueAt: true } }),
    db.delivery.groupBy({
      by: ['state', 'reason'],
      where: { endedAt: { gte: since, ...(until && { lt: until }) } },
      _count: true,
    }),
    db.dueWork.count({ where: { failures: { gt: 0 } } }),
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
