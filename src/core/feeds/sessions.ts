import type { Cipher } from '../../db/cipher.js';
import type { Occurrence, Session } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import { detailsOf, type OccurrenceChanges, openDetails, type SessionDetails } from '../sessions/details.js';

/** A date of which something is said. */
export interface DatedRow extends Pick<Occurrence, 'local' | 'startsAt' | 'minutes' | 'state'> {
  readonly details: SessionDetails & OccurrenceChanges;
  /** The words of this date are its own. */
  readonly isReworded: boolean;
}

/** Addresses as people type them, with or without their beginning. */
const ADDRESSES = /(?:https?:\/\/|www\.)\S+|\b(?:[a-z\d-]+\.)+[a-z]{2,}\/\S*/giu;

/** What somebody wrote about a session, for outside: a link in it would let in whoever reads it. Undefined when nothing is left. */
export function withoutLinks(text: string | undefined): string | undefined {
  const plain = text?.replaceAll(ADDRESSES, '…').trim();
  return plain === undefined || plain === '' || plain === '…' ? undefined : plain;
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
