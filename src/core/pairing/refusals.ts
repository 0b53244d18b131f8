import type { TenantDb } from '../../db/tenant.js';
import { AGAIN_AFTER } from './handover/work.js';

/** Milliseconds for which a silence holds: who had no time in a day may have some in a week. */
const SILENCE_HOLDS = 7 * 24 * 3_600_000;
/** Asked and taken back so often by one asker, a mentor is left alone as long: a change of mind comes once. */
const TAKEN_BACK = 2;

/** Names who asked and who is not to be asked. */
export const refusalKey = (memberId: string, mentorId: string): string => `${memberId} ${mentorId}`;

/**
 * Mentors who are not asked for the same asker again, whatever a new request says: who said no not long ago, or was silent. Nobody is
 * told who that is.
 * @param memberId only for this asker
 * @returns by {@link refusalKey}
 */
export async function refusals(db: Pick<TenantDb, 'pairingOffer'>, now: Date, memberId?: string): Promise<ReadonlySet<string>> {
  const rows = await db.pairingOffer.findMany({
    where: {
      state: { in: ['declined', 'lapsed', 'withdrawn'] },
      endedAt: { gt: new Date(now.getTime() - AGAIN_AFTER) },
      ...(memberId !== undefined && { request: { memberId } }),
    },
    select: { state: true, endedAt: true, mentorId: true, request: { select: { memberId: true } } },
  });
  const lately = rows.filter(({ endedAt }) => endedAt && endedAt.getTime() > now.getTime() - SILENCE_HOLDS);
  const keyOf = ({ mentorId, request }: (typeof rows)[number]) => refusalKey(request.memberId, mentorId);
  const times = new Map<string, number>();
  for (const row of lately) if (row.state === 'withdrawn') times.set(keyOf(row), (times.get(keyOf(row)) ?? 0) + 1);
  return new Set([
    ...rows.filter(({ state }) => state === 'declined').map(keyOf),
    ...lately.filter(({ state }) => state === 'lapsed').map(keyOf),
    ...[...times].filter(([, count]) => count >= TAKEN_BACK).map(([key]) => key),
  ]);
}
