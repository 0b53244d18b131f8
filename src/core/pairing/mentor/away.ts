import type { MentorProfile, Pairing, Prisma } from '../../../db/generated/client.js';
import { type TenantDb, tenantDb } from '../../../db/tenant.js';
import { stir } from './stir.js';

/** Whom these mentors help now. */
export const helpedBy = (
  tx: Prisma.TransactionClient,
  profiles: readonly Pick<MentorProfile, 'memberId'>[],
): Promise<Pairing[]> =>
  tx.pairing.findMany({ where: { mentorId: { in: profiles.map(({ memberId }) => memberId) }, state: 'active' } });

/**
 * What somebody who is helped hears of their mentor: that they take time for themselves, or are there again. Never why.
 * @returns undefined when the two are no pair any more
 */
export async function awayOf(db: TenantDb, pairingId: string): Promise<'away' | 'back' | undefined> {
  const pairing = await db.pairing.findFirst({ where: { id: pairingId, state: 'active' } });
  const profile = pairing && (await db.mentorProfile.findFirst({ where: { memberId: pairing.mentorId } }));
  if (!profile) return undefined;
  return profile.toldAt ? 'away' : 'back';
}

/** Ends the pauses that end by themselves by now; whoever waits is looked for again. @returns the profiles as they were, and for the others when their pause ends */
export async function endPauses(
  tx: Prisma.TransactionClient,
  ids: readonly string[],
  now: Date,
): Promise<{ readonly ended: readonly MentorProfile[]; readonly later: ReadonlyMap<string, Date> }> {
  const paused = await tx.mentorProfile.findMany({ where: { id: { in: [...ids] }, pausedUntil: { not: null } } });
  const ended = paused.filter(({ pausedUntil }) => pausedUntil && pausedUntil <= now);
  for (const { communityId, memberId } of ended) await stir(tenantDb(tx, communityId), memberId, now);
  const data = { pausedUntil: null, toldAt: null };
  await tx.mentorProfile.updateMany({ where: { id: { in: ended.map(({ id }) => id) } }, data });
  const later = paused.flatMap(({ id, pausedUntil }) => (pausedUntil && pausedUntil > now ? [[id, pausedUntil] as const] : []));
  return { ended, later: new Map(later) };
}
