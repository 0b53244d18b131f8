import type { Occurrence, Session } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import { BEGIN, EARLY } from '../live/kinds.js';
import type { Scope } from '../scope.js';
import { cancel, plan } from '../work/plan.js';
import { DATE, MIRROR, OPEN } from './work.js';

/** Milliseconds after its start in which a date may still go on. */
const LONGEST = 24 * 3_600_000;

/**
 * Has one date looked after within a second: places, reminders, who chairs it, its card. Until the transaction ends, nobody
 * else changes anything of this date, on any process: so call it before what you read of it decides what you write.
 */
export const hold = (tx: TenantDb, occurrenceId: string, now: Date): Promise<void> =>
  plan(tx, { kind: DATE, subjectId: occurrenceId }, now);

/** Holds every date of a session that is to come. @returns them, as they are while they are held */
export async function holdComing(tx: TenantDb, sessionId: string, now: Date): Promise<Occurrence[]> {
  const where = { sessionId, state: 'planned' as const, startsAt: { gt: now } };
  // In one order, so that two who do so at once do not wait for each other.
  for (const { id } of await tx.occurrence.findMany({ where, select: { id: true }, orderBy: { id: 'asc' } }))
    await hold(tx, id, now);
  return tx.occurrence.findMany({ where });
}

/**
 * Works out anew what comes of a session, after it was made, edited or ended, or one of its dates was moved, skipped or
 * cancelled. Pass the transaction that did so. It is enough to call it: everything else follows from the rows.
 */
export async function replan(
  tx: TenantDb,
  { now }: Pick<Scope, 'now'>,
  { id, state }: Pick<Session, 'id' | 'state'>,
): Promise<void> {
  const work = { kind: OPEN, subjectId: id };
  if (state === 'active') await plan(tx, work, now);
  else await cancel(tx, work);
  if ((await tx.sessionEvent.count({ where: { sessionId: id } })) > 0) await plan(tx, { kind: MIRROR, subjectId: id }, now);
  const isNotOver = { endedAt: null, startsAt: { gt: new Date(now.getTime() - LONGEST) } };
  const dates = await tx.occurrence.findMany({
    where: { sessionId: id, ...isNotOver },
    select: { id: true, startsAt: true },
    orderBy: { id: 'asc' },
  });
  for (const date of dates) {
    await hold(tx, date.id, now);
    await plan(tx, { kind: BEGIN, subjectId: date.id }, new Date(date.startsAt.getTime() - EARLY));
  }
}
