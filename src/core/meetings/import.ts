import { createHash } from 'node:crypto';
import type { TenantDb } from '../../db/tenant.js';
import { nextNight } from '../daily/night.js';
import { batches, isDoubtful } from '../lists/changes.js';
import type { Version } from '../lists/fetch.js';
import { plan } from '../work/plan.js';
import type { ParsedMeeting } from './meeting.js';
import type { Feed } from './parse.js';

/** The kind of the nightly look at a source; its subject is the source. */
export const REFRESH = 'meetings.refresh';

/** Milliseconds for the one transaction of an import. */
const PATIENCE = 120_000;

/** Where a list comes from. */
export interface SourceIdentity {
  readonly name: string;
  /** Undefined: a file, or the sample. */
  readonly url?: string;
  /** IANA, of meetings that name none; undefined: each must. */
  readonly zone?: string;
  /** ISO 639, of meetings that name none. */
  readonly language: string;
}

export interface Import {
  /** The source that is known already; undefined: a new one. */
  readonly id?: string;
  readonly source: SourceIdentity;
  readonly feed: Feed;
  readonly version?: Version;
  /** IANA, in which it is night when the source is asked again. */
  readonly nightZone: string;
  readonly now: Date;
  /** Takes the list although most of its meetings are gone. */
  readonly believe?: boolean;
  /** Finds out what would change, and changes nothing. */
  readonly dryRun?: boolean;
}

export interface Changes {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly unchanged: number;
}

/** `lost`: the list has lost so many of its meetings that it was not believed, and what was there is kept. */
export type Imported =
  | { readonly ok: true; readonly sourceId: string | undefined; readonly changes: Changes }
  | { readonly ok: false; readonly why: 'lost'; readonly before: number; readonly after: number };

const hashOf = (meeting: ParsedMeeting): string => createHash('sha256').update(JSON.stringify(meeting)).digest('base64url');

interface Kept {
  readonly id: string;
  readonly key: string;
  readonly hash: string;
}

function compare(kept: readonly Kept[], meetings: readonly ParsedMeeting[]) {
  const byKey = new Map(kept.map((row) => [row.key, row]));
  const wanted = meetings.map((meeting) => ({ meeting, hash: hashOf(meeting), row: byKey.get(meeting.key) }));
  const keys = new Set(meetings.map(({ key }) => key));
  return {
    added: wanted.filter(({ row }) => !row),
    changed: wanted.filter(({ row, hash }) => row && row.hash !== hash),
    removed: kept.filter(({ key }) => !keys.has(key)),
    unchanged: wanted.filter(({ row, hash }) => row?.hash === hash).length,
  };
}

type Compared = ReturnType<typeof compare>;

/** A meeting that changed keeps its id, so that buttons that point at it still do. */
async function write(tx: TenantDb, sourceId: string, { added, changed, removed }: Compared): Promise<void> {
  const gone = [...removed.map(({ id }) => id), ...changed.flatMap(({ row }) => (row ? [row.id] : []))];
  for (const ids of batches(gone)) await tx.meeting.deleteMany({ where: { id: { in: ids } } });
  for (const rows of batches([...added, ...changed]))
    await tx.meeting.createMany({
      data: rows.map(({ meeting, hash, row }) => ({
        ...(row && { id: row.id }),
        ...{ ...meeting, types: [...meeting.types], languages: [...meeting.languages], details: { ...meeting.details } },
        ...{ communityId: tx.communityId, sourceId, hash },
      })),
    });
}

async function writeSource(tx: TenantDb, { id, source, feed, version = {}, nightZone, now }: Import): Promise<string> {
  const data = {
    ...{ name: source.name, url: source.url ?? null, zone: source.zone ?? null, language: source.language },
    zones: [...new Set(feed.meetings.map(({ zone }) => zone))].toSorted(),
    kinds: feed.kinds,
    ...{ etag: version.etag ?? null, modified: version.modified ?? null },
    ...{ seenAt: now, failures: 0, doubts: 0, problem: null, skipped: feed.skipped.length },
  };
  const row = id
    ? await tx.meetingSource.update({ where: { id }, data })
    : await tx.meetingSource.create({ data: { communityId: tx.communityId, ...data } });
  if (source.url !== undefined) await plan(tx, { kind: REFRESH, subjectId: row.id }, nextNight(row.id, nightZone, now));
  return row.id;
}

/**
 * Makes the meetings of a source those of the feed: new ones come, changed ones change, and those that are not in it any more
 * are gone. All in one transaction: either everything is as in the feed, or everything stays as it was. The same feed again
 * changes nothing.
 */
export function importFeed(db: TenantDb, work: Import): Promise<Imported> {
  const { id, feed, believe, dryRun } = work;
  return db.transact(
    async (tx): Promise<Imported> => {
      // Whoever imports the same source at the same time waits here.
      if (id && !dryRun) await tx.meetingSource.update({ where: { id }, data: { seenAt: work.now } });
      const kept = id ? await tx.meeting.findMany({ where: { sourceId: id }, select: { id: true, key: true, hash: true } }) : [];
      if (!believe && isDoubtful(kept.length, feed.meetings.length))
        return { ok: false, why: 'lost', before: kept.length, after: feed.meetings.length };
      const compared = compare(kept, feed.meetings);
      const { added, changed, removed, unchanged } = compared;
      const changes = { added: added.length, changed: changed.length, removed: removed.length, unchanged };
      if (dryRun) return { ok: true, sourceId: id, changes };
      const sourceId = await writeSource(tx, work);
      await write(tx, sourceId, compared);
      return { ok: true, sourceId, changes };
    },
    { timeout: PATIENCE },
  );
}
