import { tenantDb } from '../../db/tenant.js';
import { nextNight } from '../daily/night.js';
import type { World } from '../scope.js';
import { fetchFeed } from './fetch-feed.js';
import { importFeed } from './import.js';
import { parseFeed } from './parse.js';
import { type Source, sourcesOf, type Trouble } from './sources.js';

/** Milliseconds until a source that could not be refreshed is asked again; doubles, and never longer than a day. */
const FIRST = 3_600_000;
const LONGEST = 24 * 3_600_000;
/** Nights in a row in which a list has lost most of its meetings until it is believed. An empty one never is. */
const NIGHTS = 3;

export interface Refreshed {
  /** When it is looked at again; null: never. */
  readonly next: Date | null;
  /** One word for the operator; absent when it went well. */
  readonly trouble?: Trouble;
}

/** Asks a source for its list and takes it over. What was there stays when the list is away, broken or not to be believed. */
export async function refreshSource(
  world: World,
  { communityId, subjectId }: { readonly communityId: string; readonly subjectId: string },
  now: Date,
  signal: AbortSignal,
  fetching: typeof fetchFeed = fetchFeed,
): Promise<Refreshed> {
  const db = tenantDb(world.prisma, communityId);
  const [community, source] = await Promise.all([
    db.community.findUnique({ where: { id: communityId }, select: { zone: true } }),
    sourcesOf(db).then((all) => all.find(({ id }) => id === subjectId)),
  ]);
  if (!community || source?.url === undefined) return { next: null };
  const night = nextNight(source.id, community.zone, now);

  async function note(data: { failures?: number; doubts?: number; problem: Trouble | null; seenAt?: Date }): Promise<void> {
    await db.meetingSource.updateMany({ where: { id: subjectId }, data });
  }
  async function failed({ failures }: Source, trouble: Trouble, after = 0): Promise<Refreshed> {
    await note({ failures: failures + 1, problem: trouble });
    const wait = Math.max(after, Math.min(FIRST * 2 ** failures, LONGEST));
    return { next: new Date(now.getTime() + wait), trouble };
  }

  const fetched = await fetching(source.url, source, signal);
  signal.throwIfAborted();
  if (!fetched.ok) return failed(source, fetched.why, fetched.after);
  if ('unchanged' in fetched) {
    await note({ failures: 0, doubts: 0, problem: null, seenAt: now });
    return { next: night };
  }
  const defaults = { language: source.language, ...(source.zone !== undefined && { zone: source.zone }) };
  const parsed = parseFeed(fetched.text, defaults);
  if (!parsed.ok) return failed(source, 'unreadable');
  const believe = source.doubts + 1 >= NIGHTS && parsed.feed.meetings.length > 0;
  const imported = await importFeed(db, {
    id: source.id,
    source,
    feed: parsed.feed,
    version: fetched,
    nightZone: community.zone,
    now,
    believe,
  });
  if (imported.ok) return { next: night };
  await note({ failures: 0, doubts: source.doubts + 1, problem: 'lost' });
  return { next: night, trouble: 'lost' };
}
