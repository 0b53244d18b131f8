import { Prisma } from '../../db/generated/client.js';
import { selectIn, type TenantDb, writeIn } from '../../db/tenant.js';
import { foldWords } from '../../words/fold.js';
import { batches } from '../lists/changes.js';
import { nameOfState } from './states.js';

/** Towns that are offered at once, as many as Discord takes. */
const MOST_OFFERED = 25;
/** Characters of what is offered: a search takes no longer place. */
const MOST_LABEL = 80;
/** At the end of what has a postal code: one of the United States, of Canada or of Britain. */
const POSTAL = /(?:^|\s)[a-z]{0,2}\d[a-z\d]*(?:[ -]\d[a-z\d]*)?$/iu;
/** Comes after every other character. */
const LAST = '\u{10FFFF}';

/** Where a service is, as it is shown; undefined where it is not known. */
export const areaOf = (details: unknown): string | undefined => (details as { readonly area?: string } | undefined)?.area;

/** The town without its postal code, and its state by name: what somebody may type to find a service that is there. */
export function townsIn(area: string): readonly string[] {
  const parts = area.split(',').map((part) => part.trim());
  const last = (parts.pop() ?? '').replace(POSTAL, '').trim();
  const town = [...parts, last].filter(Boolean).join(', ');
  const state = nameOfState(last);
  // A state alone is no town.
  const labels = [...(state === undefined || parts.some(Boolean) ? [town] : []), ...(state === undefined ? [] : [state])];
  return labels.filter((label) => foldWords(label) !== '' && label.length <= MOST_LABEL);
}

interface Town {
  readonly label: string;
  readonly count: number;
}

/** Of names that are compared alike, the one that is written most. */
async function townsOf(tx: TenantDb): Promise<ReadonlyMap<string, Town>> {
  const areas = await selectIn<{ area: string; count: number }>(
    tx,
    (id) => Prisma.sql`
      SELECT "details"->>'area' AS area, count(*)::int AS count FROM "Resource"
      WHERE "communityId" = ${id}::uuid AND "retiredAt" IS NULL AND "details"->>'area' IS NOT NULL
      GROUP BY 1 ORDER BY 2 DESC, 1`,
  );
  const towns = new Map<string, Town>();
  for (const { area, count } of areas)
    for (const label of townsIn(area)) {
      const folded = foldWords(label);
      const known = towns.get(folded);
      towns.set(folded, { label: known?.label ?? label, count: (known?.count ?? 0) + count });
    }
  return towns;
}

/** Makes the towns of a community those in which its services are. Belongs into the transaction that changed them. */
export async function rebuildTowns(tx: TenantDb): Promise<void> {
  const towns = await townsOf(tx);
  for (const some of batches([...towns])) {
    const rows = some.map(([folded, town]) => ({ folded, ...town }));
    await writeIn(
      tx,
      (id) => Prisma.sql`
        INSERT INTO "ResourceTown" AS t ("id", "communityId", "label", "folded", "count")
        SELECT gen_random_uuid(), ${id}::uuid, "label", "folded", "count"
        FROM json_populate_recordset(NULL::"ResourceTown", ${JSON.stringify(rows)}::json)
        ON CONFLICT ("communityId", "folded") DO UPDATE SET "label" = excluded."label", "count" = excluded."count"
        WHERE (t."label", t."count") IS DISTINCT FROM (excluded."label", excluded."count")`,
    );
  }
  const all = [...towns.keys()];
  await writeIn(
    tx,
    (id) => Prisma.sql`DELETE FROM "ResourceTown" WHERE "communityId" = ${id}::uuid AND NOT ("folded" = ANY(${all}::text[]))`,
  );
}

/** A service is in another area than before; undefined: it is not found. Belongs into the transaction that changed it. */
export async function shiftTowns(tx: TenantDb, before: string | undefined, after: string | undefined): Promise<void> {
  if (before === after) return;
  for (const label of before === undefined ? [] : townsIn(before)) {
    const where = { folded: foldWords(label) };
    await tx.resourceTown.updateMany({ where, data: { count: { decrement: 1 } } });
    await tx.resourceTown.deleteMany({ where: { ...where, count: { lte: 0 } } });
  }
  for (const label of after === undefined ? [] : townsIn(after)) {
    const folded = foldWords(label);
    const where = { communityId_folded: { communityId: tx.communityId, folded } };
    const create = { communityId: tx.communityId, label, folded, count: 1 };
    await tx.resourceTown.upsert({ where, create, update: { count: { increment: 1 } } });
  }
}

/** Towns and states of the community's services that begin so, those with most services first; with nothing typed, the largest. */
export async function townsLike(db: TenantDb, typed: string): Promise<readonly string[]> {
  const begin = foldWords(typed);
  // Signs alone begin nothing.
  if (begin === '' && typed.trim() !== '') return [];
  const rows = await db.resourceTown.findMany({
    ...(begin !== '' && { where: { folded: { gte: begin, lt: begin + LAST } } }),
    orderBy: [{ count: 'desc' }, { folded: 'asc' }],
    take: MOST_OFFERED,
    select: { label: true },
  });
  return rows.map(({ label }) => label);
}
