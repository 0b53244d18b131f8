import type { Cipher } from '../../db/cipher.js';
import type { Occurrence, Session } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import { detailsOf, openDetails, type SessionDetails } from '../sessions/details.js';

/** A date of which something is said. */
export interface DatedRow extends Pick<Occurrence, 'local' | 'startsAt' | 'minutes' | 'state'> {
  readonly details: SessionDetails;
  /** The words of this date are its own. */
  readonly isReworded: boolean;
}

export interface SessionInFull {
  readonly session: Session;
  readonly details: SessionDetails;
  readonly rows: readonly DatedRow[];
}

/** Dates longer ago are as the rule says: nobody looks for them in a calendar that is read anew every hour. */
const BEHIND = 31 * 24 * 3_600_000;

/**
 * The community's sessions with what is other on single dates.
 * @param ids these only, and also when they are over; without, all that go on
 */
export async function sessionsInFull(
  { db, cipher }: { readonly db: TenantDb; readonly cipher: Cipher },
  now: Date,
  ids?: readonly string[],
): Promise<SessionInFull[]> {
  const sessions = await db.session.findMany({
    where: ids ? { id: { in: [...ids] } } : { state: 'active' },
    orderBy: { createdAt: 'asc' },
  });
  const rows = await db.occurrence.findMany({
    where: { sessionId: { in: sessions.map(({ id }) => id) }, startsAt: { gt: new Date(now.getTime() - BEHIND) } },
  });
  return sessions.map((session) => ({
    session,
    details: openDetails(cipher, session),
    rows: rows
      .filter(({ sessionId }) => sessionId === session.id)
      .map((row) => ({ ...row, details: detailsOf(cipher, session, row), isReworded: row.changes !== null })),
  }));
}
