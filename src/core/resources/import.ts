import { createHash } from 'node:crypto';
import { Prisma } from '../../db/generated/client.js';
import type { ResourceRetirer } from '../../db/generated/enums.js';
import { type TenantDb, writeIn } from '../../db/tenant.js';
import { batches, isDoubtful } from '../lists/changes.js';
import { careColumns, columns } from './care/columns.js';
import { stillNeeded, withFixes } from './care/fixes.js';
import { holdFixes } from './care/hold.js';
import { parseRecord } from './parse.js';
import { type Report, Tally } from './report.js';
import type { ParsedResource } from './resource.js';
import { claimNumbers, rebuildWords } from './vocabulary.js';

const BATCH = 500;
/** Milliseconds for the one transaction of an import. */
const PATIENCE = 3_600_000;
/** Where a list comes from. */
export interface SourceIdentity {
  readonly name: string;
  /** Undefined: a file. */
  readonly url?: string;
  readonly attribution?: string;
  readonly licence?: string;
  /** IANA, of hours that name no zone. */
  readonly zone?: string;
}

export interface ImportWork {
  /** The source that is known already; undefined: a new one. */
  readonly id?: string;
  readonly source: SourceIdentity;
  readonly records: AsyncIterable<unknown>;
  readonly now: Date;
  /** Takes the list although most of its services are gone. */
  readonly believe?: boolean;
  /** Finds out what would change, and changes nothing. */
  readonly dryRun?: boolean;
  /** Is told how many records were read. */
  readonly onProgress?: (records: number) => void;
}

/** `lost`: the list has lost so many of its services that it was not believed, and what was there is kept. */
export type Imported =
  | { readonly ok: true; readonly report: Report }
  | { readonly ok: false; readonly why: 'lost'; readonly before: number; readonly after: number };

/** Undoes an import that is not believed. */
class Lost extends Error {
  constructor(
    readonly before: number,
    readonly after: number,
  ) {
    super('lost');
  }
}

const hashOf = (resource: ParsedResource): string => createHash('sha256').update(JSON.stringify(resource)).digest('base64url');

interface Kept {
  readonly id: string;
  readonly hash: string;
  /** What the community took out stays so, whatever its source has. */
  readonly retiredBy: ResourceRetirer | null;
}

const isThere = ({ retiredBy }: Kept) => retiredBy === null;

type Read = { readonly resource: ParsedResource; readonly hash: string };

/** The services of the records, each once; what is not taken is counted. */
async function* read(
  records: AsyncIterable<unknown>,
  tally: Tally,
  onProgress?: (records: number) => void,
): AsyncGenerator<Read> {
  const seen = new Set<string>();
  for await (const record of records) {
    tally.records += 1;
    onProgress?.(tally.records);
    const parsed = parseRecord(record);
    if (!parsed.ok) {
      tally.skip(parsed.why);
      continue;
    }
    for (const what of parsed.odd) tally.odd.set(what, (tally.odd.get(what) ?? 0) + 1);
    for (const resource of parsed.resources) {
      if (seen.has(resource.key)) tally.skip('duplicate');
      else yield { resource, hash: hashOf(resource) };
      seen.add(resource.key);
    }
  }
}

async function keptOf(tx: TenantDb, sourceId: string | undefined): Promise<Map<string, Kept>> {
  if (sourceId === undefined) return new Map();
  const rows = await tx.resource.findMany({
    where: { sourceId },
    select: { id: true, key: true, hash: true, retiredBy: true },
  });
  return new Map(rows.map(({ key, ...row }) => [key, row]));
}

/** @param no of the first of them */
async function add(tx: TenantDb, sourceId: string, rows: readonly Read[], no: number): Promise<void> {
  if (rows.length === 0) return;
  const texts = rows.map(({ resource, hash }, at) => ({ ...resource, hash, no: no + at }));
  await writeIn(
    tx,
    (id) => Prisma.sql`
      INSERT INTO "Resource" ("id", "communityId", "sourceId", "key", "no", "name", "latitude", "longitude", "zone", "hours", "verified",
        "names", "places", "terms", "details", "hash")
      SELECT gen_random_uuid(), ${id}::uuid, ${sourceId}::uuid, "key", "no", "name", "latitude", "longitude", "zone", "hours", "verified",
        "names", "places", "terms", "details", "hash"
      FROM json_populate_recordset(NULL::"Resource", ${JSON.stringify(texts)}::json)`,
  );
}

/** A service that changed. What the community knows better stays over it, until the source says the same. */
async function change(tx: TenantDb, { id, retiredBy }: Kept, { resource, hash }: Read): Promise<void> {
  const more = { hash, ...(retiredBy === 'source' && { retiredAt: null, retiredBy: null }) };
  const data = { ...columns(resource), ...more };
  // Somebody may have fixed it since the import began.
  const { count } = await tx.resource.updateMany({ where: { id, fixes: { equals: Prisma.DbNull } }, data });
  if (count > 0) return;
  const fixes = stillNeeded((await holdFixes(tx, id)) ?? {}, resource.details);
  const cared = { ...columns(withFixes(resource, fixes)), ...careColumns(resource, fixes) };
  await tx.resource.updateMany({ where: { id }, data: { ...cared, ...more } });
}

/** Takes what is read into the database, and out of `kept`. A service that changed keeps its id. */
async function take(
  tx: TenantDb,
  sourceId: string | undefined,
  found: AsyncIterable<Read>,
  kept: Map<string, Kept>,
  tally: Tally,
) {
  let fresh: Read[] = [];
  let no = sourceId === undefined ? 0 : await claimNumbers(tx);
  for await (const one of found) {
    const row = kept.get(one.resource.key);
    kept.delete(one.resource.key);
    if (row && row.hash === one.hash && row.retiredBy !== 'source') tally.unchanged += 1;
    else if (row) {
      tally.changed += 1;
      if (sourceId !== undefined) await change(tx, row, one);
    } else {
      tally.added += 1;
      if (sourceId === undefined) continue;
      fresh.push(one);
      if (fresh.length < BATCH) continue;
      await add(tx, sourceId, fresh, no);
      no += fresh.length;
      fresh = [];
    }
  }
  if (sourceId !== undefined) await add(tx, sourceId, fresh, no);
}

async function retire(tx: TenantDb, gone: readonly Kept[], now: Date): Promise<void> {
  for (const rows of batches(gone))
    await tx.resource.updateMany({
      where: { id: { in: rows.map(({ id }) => id) }, retiredAt: null },
      data: { retiredAt: now, retiredBy: 'source' },
    });
}

async function writeSource(tx: TenantDb, { id, source, now }: ImportWork): Promise<string> {
  const { name, url = null, attribution = null, licence = null, zone = null } = source;
  const data = { name, url, attribution, licence, zone, seenAt: now };
  // Whoever imports the same source at the same time waits here.
  const row = id
    ? await tx.resourceSource.update({ where: { id }, data })
    : await tx.resourceSource.create({ data: { communityId: tx.communityId, skipped: 0, ...data } });
  return row.id;
}

async function run(tx: TenantDb, work: ImportWork): Promise<Report> {
  const tally = new Tally();
  const sourceId = work.dryRun ? undefined : await writeSource(tx, work);
  const kept = await keptOf(tx, work.id);
  const before = [...kept.values()].filter(isThere).length;
  await take(tx, sourceId, read(work.records, tally, work.onProgress), kept, tally);
  const gone = [...kept.values()].filter(isThere);
  if (!work.believe && isDoubtful(before, before - gone.length)) throw new Lost(before, before - gone.length);
  if (sourceId !== undefined) {
    await retire(tx, gone, work.now);
    await tx.resourceSource.updateMany({ where: { id: sourceId }, data: { skipped: tally.skips } });
    await rebuildWords(tx);
  }
  const { records, added, changed, unchanged, skipped, odd } = tally;
  return { records, added, changed, unchanged, retired: gone.length, skipped, odd };
}

/**
 * Makes the services of a source those of the records: new ones come, changed ones change, and those that are not in it any more
 * are retired. All in one transaction: either everything is as in the records, or everything stays as it was. The same records
 * again change nothing.
 * @throws Unreadable when the records end badly
 */
export async function importResources(db: TenantDb, work: ImportWork): Promise<Imported> {
  try {
    return { ok: true, report: await db.transact((tx) => run(tx, work), { timeout: PATIENCE, once: true }) };
  } catch (error) {
    if (error instanceof Lost) return { ok: false, why: 'lost', before: error.before, after: error.after };
    throw error;
  }
}
