import type { Cipher } from '../../db/cipher.js';
import type { Occurrence, RsvpState, Session } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import type { PlatformName } from '../names.js';
import { detailsOf, type OccurrenceChanges, type SessionDetails } from './details.js';
import type { SessionFormat, SessionPlace } from './kinds.js';
import { type SessionDate, startByRule } from './occurrences.js';

/** One date of one session. */
export interface DatedSession {
  readonly session: Session;
  readonly date: SessionDate<Occurrence>;
}

/** One date as anybody of the community may see it: numbers and not names, and never the link. */
export interface SessionView extends Omit<SessionDetails, 'link' | 'format'>, Pick<OccurrenceChanges, 'apology'> {
  readonly session: string;
  /** Names the date within its session. */
  readonly local: string;
  /** The row of the date, where it has one. */
  readonly occurrence?: string;
  readonly format: SessionFormat;
  /** What an `own` format is called. */
  readonly formatName?: string;
  readonly isClosed: boolean;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** IANA, the session's. */
  readonly zone: string;
  readonly recurs: boolean;
  readonly place: SessionPlace;
  /** The platform's id, on `platform`. */
  readonly channel?: string;
  readonly platform: PlatformName;
  /** There is one, for those who may have it. */
  readonly hasLink: boolean;
  /** BCP 47, where it is not the community's. */
  readonly language?: string;
  /** Who chairs it. `account`: the platform's id, where they are known on the reader's. */
  readonly chair?: { readonly member: string; readonly account?: string };
  /** How many said yes, and how many wait for a place. */
  readonly going: number;
  readonly waiting: number;
  /** How many may say yes; absent: as many as want. */
  readonly capacity?: number;
  readonly state: Occurrence['state'];
  /** It is at another time than its session says. */
  readonly isMoved: boolean;
}

type Reader = Pick<TenantDb, 'rsvp' | 'identity' | 'space'>;

async function countsOf(
  db: Reader,
  occurrences: readonly string[],
): Promise<(id: string | undefined, state: RsvpState) => number> {
  const rows = await db.rsvp.groupBy({
    by: ['occurrenceId', 'state'],
    where: { occurrenceId: { in: [...occurrences] } },
    _count: true,
  });
  return (id, wanted) => rows.find(({ occurrenceId, state }) => occurrenceId === id && state === wanted)?._count ?? 0;
}

/**
 * Many dates as a reader sees them, in their order, with a few queries for all of them.
 * @param platform the reader's: people are named by their accounts there
 */
export async function viewDates(
  { db, cipher }: { readonly db: Reader; readonly cipher: Cipher },
  platform: PlatformName,
  dates: readonly DatedSession[],
): Promise<SessionView[]> {
  const chairs = dates.flatMap(({ session, date }) => date.row?.chairId ?? session.chairId ?? []);
  const [count, accounts, spaces] = await Promise.all([
    countsOf(
      db,
      dates.flatMap(({ date }) => date.row?.id ?? []),
    ),
    db.identity.findMany({ where: { memberId: { in: chairs }, platform }, orderBy: { createdAt: 'desc' } }),
    db.space.findMany({ where: { id: { in: dates.map(({ session }) => session.spaceId) } } }),
  ]);
  const accountOf = new Map(accounts.map(({ memberId, externalId }) => [memberId, externalId]));
  const platformOf = new Map(spaces.map((space) => [space.id, space.platform]));
  return dates.map(({ session, date }): SessionView => {
    const { row } = date;
    const { link, format: formatName, place, ...details } = detailsOf(cipher, session, row);
    const channel = row?.channelId ?? session.channelId;
    const chair = row?.chairId ?? session.chairId;
    const account = chair === null ? undefined : accountOf.get(chair);
    return {
      ...details,
      session: session.id,
      local: date.local,
      ...(row && { occurrence: row.id }),
      format: session.format as SessionFormat,
      ...(formatName !== undefined && { formatName }),
      isClosed: session.isClosed,
      startsAt: date.startsAt,
      endsAt: date.endsAt,
      zone: session.zone,
      recurs: session.rrule !== null,
      place: place ?? (session.place as SessionPlace),
      ...(channel !== null && { channel }),
      platform: platformOf.get(session.spaceId) ?? platform,
      hasLink: link !== undefined,
      ...(session.language !== null && { language: session.language }),
      ...(chair !== null && { chair: { member: chair, ...(account !== undefined && { account }) } }),
      going: count(row?.id, 'going'),
      waiting: count(row?.id, 'waiting'),
      ...(session.capacity !== null && { capacity: session.capacity }),
      state: row?.state ?? 'planned',
      isMoved: row !== undefined && row.startsAt.getTime() !== startByRule(row).getTime(),
    };
  });
}
