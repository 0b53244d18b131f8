import { UserError } from '../../../chat/errors.js';
import type { Handover, Pairing } from '../../../db/generated/client.js';
import type { TenantDb } from '../../../db/tenant.js';
import type { Scope } from '../../scope.js';
import { cancel, plan } from '../../work/plan.js';
import { restOf } from '../offerable.js';
import { AGAIN_AFTER, ANSWER_WITHIN, HANDOVER } from './work.js';

export interface Helped {
  readonly pairing: Pairing;
  /** A colleague, or the mentee, is being asked about it. */
  readonly isAsked: boolean;
}

/** Whom the member helps now, the longest first. */
export async function helpedByMe({ db, member }: Pick<Scope, 'db' | 'member'>): Promise<Helped[]> {
  const rows = await db.pairing.findMany({
    where: { mentorId: member.id, state: 'active' },
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
    include: { handovers: { where: { openFor: { not: null } }, select: { id: true } } },
  });
  return rows.map(({ handovers, ...pairing }) => ({ pairing, isAsked: handovers.length > 0 }));
}

/** About whom the colleague was asked not long ago, and somebody did not want to, or was silent. What was taken back does not count. */
async function askedLately(tx: TenantDb, toId: string, now: Date): Promise<ReadonlySet<string>> {
  const since = new Date(now.getTime() - AGAIN_AFTER);
  const rows = await tx.handover.findMany({ where: { toId, endedAt: { gt: since }, state: { not: 'done' } } });
  const isBack = ({ state, endedAt, deadline }: Handover) => state === 'withdrawn' && endedAt !== null && endedAt < deadline;
  return new Set(rows.filter((row) => !isBack(row)).map(({ pairingId }) => pairingId));
}

/**
 * Asks a colleague whether they would go on with somebody whom the member helps. That the two should not meet, or that the
 * colleague is kept from being asked, shows in nothing but that no answer comes.
 * @param pairings of these; those that have ended, about which somebody is asked already, or were not long ago, are left out
 * @returns how many the colleague is asked about now
 * @throws UserError for oneself, when the colleague takes nobody, and when they were asked about all of these not long ago
 */
export async function askHandover(scope: Scope, toId: string, pairings: readonly string[]): Promise<number> {
  const { db, member, now } = scope;
  if (toId === member.id) throw new UserError('handover.oneself');
  // By an old card, somebody who helps nobody any more would learn who serves.
  const helps = (await helpedByMe(scope)).some(({ pairing }) => pairings.includes(pairing.id));
  if (!helps) return 0;
  const colleague = await db.mentorProfile.findFirst({ where: { memberId: toId } });
  const rest = colleague ? restOf({ ...colleague, heldAt: null, lapsedAt: null }, now) : 'ended';
  if (rest) throw new UserError('handover.takesNobody');
  return db.transact(async (tx) => {
    const mine = (await helpedByMe({ db: tx, member })).filter(({ pairing }) => pairings.includes(pairing.id));
    const recent = await askedLately(tx, toId, now);
    const fresh = mine.filter(({ pairing }) => !recent.has(pairing.id));
    if (mine.length > 0 && fresh.length === 0) throw new UserError('handover.lately');
    const data = fresh.map(({ pairing: { id } }) => ({
      ...{ communityId: db.communityId, pairingId: id, openFor: id, toId },
      ...{ askedAt: now, deadline: new Date(now.getTime() + ANSWER_WITHIN) },
    }));
    const asked = await tx.handover.createManyAndReturn({ data, skipDuplicates: true, select: { id: true } });
    for (const { id } of asked) await plan(tx, { kind: HANDOVER, subjectId: id }, now);
    return asked.length;
  });
}

/** Takes back everything that the member asked of colleagues and that is open. @param id only this */
export async function keepThem({ db, member, now }: Scope, id?: string): Promise<void> {
  await db.transact(async (tx) => {
    const mine = { openFor: { not: null }, pairing: { mentorId: member.id }, ...(id !== undefined && { id }) };
    const open = await tx.handover.findMany({ where: mine });
    const ids = open.map(({ id }) => id).sort();
    for (const subjectId of ids) await cancel(tx, { kind: HANDOVER, subjectId });
    const where = { id: { in: ids }, openFor: { not: null } };
    await tx.handover.updateMany({ where, data: { state: 'withdrawn', openFor: null, endedAt: now } });
  });
}
