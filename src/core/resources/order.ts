import { Prisma } from '../../db/generated/client.js';
import { selectIn, type TenantDb } from '../../db/tenant.js';
import type { Group } from './rank.js';
import { distanceFrom, numbers, type Point } from './where.js';

/** A group of more is not sorted: the community's services are gone through in their order until enough of the group were met. */
const MOST_SORTED = 2_000;
const FIRST_LOOK = 200;
const MOST_LOOKED = 20_000;

/** A service as it is ordered, and what of it says whether it is open. */
export interface Ordered {
  readonly id: string;
  readonly zone: string | null;
  readonly hours: readonly number[];
  readonly miles: number | null;
}

export interface Ordering {
  /** Distances are from here; undefined: they do not matter. */
  readonly middle?: Point | undefined;
  /** YYYY-MM-DD: what was assured earlier, or never, stands behind what was since. */
  readonly freshSince: string;
}

/** The day on which somebody last assured a service; empty: not known. As in the index of that name. */
const ASSURED = Prisma.sql`coalesce(greatest("verified", "checkedOn"), '')`;

/** The best group first; within one what is fresh, then the nearest, then what was assured last. */
const sorted = (db: TenantDb, groups: readonly Group[], { middle, freshSince }: Ordering, skip: number, take: number) =>
  selectIn<Ordered>(
    db,
    (id) => Prisma.sql`
      SELECT r."id", r."hours", best.miles, coalesce(r."zone", s."zone") AS "zone"
      FROM (
        SELECT "no", rank, ${middle ? distanceFrom(middle) : Prisma.sql`NULL::float8`} AS miles, ${ASSURED} AS assured, "name"
        FROM unnest(${numbers(groups.flat())}, ${numbers(groups.flatMap((group, at) => group.map(() => at)))}) AS g(number, rank)
        JOIN "Resource" AS r ON r."communityId" = ${id}::uuid AND r."no" = number AND r."retiredAt" IS NULL
        ORDER BY rank, ${ASSURED} < ${freshSince}, miles ASC NULLS LAST, assured DESC, "name", "no"
        LIMIT ${take} OFFSET ${skip}
      ) AS best
      JOIN "Resource" AS r ON r."communityId" = ${id}::uuid AND r."no" = best."no"
      JOIN "ResourceSource" AS s ON s."communityId" = ${id}::uuid AND s."id" = r."sourceId"
      ORDER BY rank, assured < ${freshSince}, miles ASC NULLS LAST, assured DESC, best."name", best."no"`,
  );

/** The first of a community's services that are in the group, in the order that `sorted` would give them without distances. */
async function firstOf(db: TenantDb, group: Group, most: number): Promise<number[]> {
  const isWanted = new Uint8Array((group.at(-1) ?? 0) + 1);
  for (const no of group) isWanted[no] = 1;
  const found: number[] = [];
  for (let skip = 0, look = FIRST_LOOK; found.length < most; skip += look, look = Math.min(look * 4, MOST_LOOKED)) {
    const rows = await selectIn<{ no: number }>(
      db,
      (id) => Prisma.sql`
        SELECT "no" FROM "Resource" WHERE "communityId" = ${id}::uuid AND "retiredAt" IS NULL AND "no" IS NOT NULL
        ORDER BY ${ASSURED} DESC, "name", "no" LIMIT ${look} OFFSET ${skip}`,
    );
    for (const { no } of rows) if (isWanted[no] === 1) found.push(no);
    if (rows.length < look) break;
  }
  return found.slice(0, most);
}

/** Neighbours that are sorted by one statement; the first of them are as many as are needed where the index is right. */
function joined(groups: readonly Group[], needed: number): readonly (readonly Group[])[] {
  const parts: Group[][] = [[]];
  let total = 0;
  let size = 0;
  for (const group of groups) {
    const isEnough = total < needed + size && total >= needed;
    if (size > 0 && (isEnough || size + group.length > MOST_SORTED)) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(group);
    size += group.length;
    total += group.length;
  }
  return parts;
}

/**
 * Services of the groups in the order in which they are shown.
 * @param groups the best first, the numbers of each rising
 */
export async function inOrder(
  db: TenantDb,
  groups: readonly Group[],
  ordering: Ordering,
  skip: number,
  take: number,
): Promise<Ordered[]> {
  const rows: Ordered[] = [];
  let left = skip;
  for (const part of joined(groups, skip + take)) {
    const size = part.reduce((sum, group) => sum + group.length, 0);
    if (size <= left) {
      left -= size;
      continue;
    }
    const isWalked = size > MOST_SORTED && !ordering.middle;
    const some = isWalked ? [await firstOf(db, part[0] ?? [], left + take - rows.length)] : part;
    rows.push(...(await sorted(db, some, ordering, left, take - rows.length)));
    left = 0;
    if (rows.length >= take) break;
  }
  return rows;
}
