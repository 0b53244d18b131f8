import { Temporal } from 'temporal-polyfill';
import type { Meeting } from '../../db/generated/client.js';
import { nextWeekly } from '../../time/weekly.js';
import type { Scope } from '../scope.js';
import type { MeetingDetails } from './meeting.js';
import { type Cursor, type Hit, inOrder } from './order.js';
import { GRACE, type Search } from './search.js';
import type { Source } from './sources.js';

export interface FoundMeeting {
  readonly id: string;
  readonly sourceId: string;
  /** When it begins next, or began within the last {@link GRACE} minutes; undefined: by appointment. */
  readonly start?: Date;
  /** IANA, of the meeting. */
  readonly zone: string;
  readonly isOnline: boolean;
  readonly isInPerson: boolean;
  readonly types: readonly string[];
  readonly languages: readonly string[];
  readonly details: MeetingDetails;
}

export interface Found {
  readonly meetings: readonly FoundMeeting[];
  /** Present when there are more. */
  readonly next?: Cursor;
}

function shown(row: Meeting, at: Hit['at']): FoundMeeting {
  const { id, sourceId, zone, isOnline, isInPerson, types, languages } = row;
  const details = row.details as unknown as MeetingDetails;
  return { id, sourceId, ...(at !== null && { start: new Date(at) }), zone, isOnline, isInPerson, types, languages, details };
}

/**
 * Meetings elsewhere that somebody may go to, next first.
 * @param sources all of the community's
 * @param size how many at once
 * @param after where the page before ended
 */
export async function findMeetings(
  scope: Scope,
  search: Search,
  sources: readonly Pick<Source, 'id' | 'zones'>[],
  size: number,
  after?: Cursor,
): Promise<Found> {
  const asked = search.sources ? sources.filter(({ id }) => search.sources?.includes(id)) : sources;
  const zones = [...new Set(asked.flatMap(({ zones }) => zones))];
  const found = (await inOrder(scope, search, zones, after, size + 1)).slice(0, size + 1);
  const page = found.slice(0, size);
  const rows = await scope.db.meeting.findMany({ where: { id: { in: page.map(({ id }) => id) } } });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const last = found.length > size ? page.at(-1) : undefined;
  const meetings = page.flatMap(({ id, at }) => {
    const row = byId.get(id);
    return row ? [shown(row, at)] : [];
  });
  return { meetings, ...(last && { next: last }) };
}

/** One of them; undefined when its source does not have it any more. */
export async function lookAtMeeting({ db, now }: Scope, id: string): Promise<FoundMeeting | undefined> {
  const row = await db.meeting.findFirst({ where: { id } });
  if (!row) return undefined;
  const from = Temporal.Instant.fromEpochMilliseconds(now.getTime() - GRACE * 60_000);
  return shown(row, row.minute === null ? null : nextWeekly(row.minute, row.zone, from).epochMilliseconds);
}
