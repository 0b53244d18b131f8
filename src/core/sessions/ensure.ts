import type { Occurrence, Session } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import type { SessionDate } from './occurrences.js';

/** The row of one date, made when there was none. Two at once make one. Pass the transaction that says something of it. */
export async function ensureOccurrence(
  tx: TenantDb,
  session: Pick<Session, 'id' | 'communityId' | 'zone' | 'minutes'>,
  { local, startsAt }: Pick<SessionDate, 'local' | 'startsAt'>,
): Promise<Occurrence> {
  const { id: sessionId, communityId, zone, minutes } = session;
  const date = { communityId, sessionId, local };
  // Prisma's upsert with nothing to update looks first and inserts then, which fails where two do so at once.
  await tx.occurrence.createMany({ data: [{ ...date, zone, startsAt, minutes }], skipDuplicates: true });
  return tx.occurrence.findUniqueOrThrow({ where: { communityId_sessionId_local: date } });
}
