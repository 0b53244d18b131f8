import { Prisma } from '../../db/generated/client.js';
import { selectIn, type TenantDb } from '../../db/tenant.js';
import type { Group } from './rank.js';

const MILES = 3_958.8;
const MILES_PER_DEGREE = 69;

export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** Miles from a point to a row with `latitude` and `longitude`. */
export const distanceFrom = ({ latitude, longitude }: Point): Prisma.Sql => Prisma.sql`
  (2 * ${MILES}::float8 * asin(least(1, sqrt(
    power(sin(radians("latitude" - ${latitude}::float8) / 2), 2) +
    cos(radians(${latitude}::float8)) * cos(radians("latitude")) * power(sin(radians("longitude" - ${longitude}::float8) / 2), 2)))))`;

/** Numbers for a statement as one text: thousands of parameters would each be made ready alone. */
export const numbers = (group: Group): Prisma.Sql => Prisma.sql`string_to_array(${group.join(',')}, ',')::int[]`;

/** The median of services, because another place of the same name is far away; undefined where none is known to be anywhere. */
export async function middleOf(db: TenantDb, group: Group): Promise<Point | undefined> {
  if (group.length === 0) return undefined;
  const [row] = await selectIn<{ latitude: number | null; longitude: number | null }>(
    db,
    (id) => Prisma.sql`
      SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY "latitude") AS latitude,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY "longitude") AS longitude
      FROM unnest(${numbers(group)}) AS g("no")
      JOIN "Resource" AS r ON r."communityId" = ${id}::uuid AND r."no" = g."no"
      WHERE r."retiredAt" IS NULL`,
  );
  return row && row.latitude !== null && row.longitude !== null
    ? { latitude: row.latitude, longitude: row.longitude }
    : undefined;
}

/** Services at most so many miles away, as one text, because there may be thousands of them. */
export async function around(db: TenantDb, point: Point, miles: number): Promise<Group> {
  const degrees = miles / MILES_PER_DEGREE;
  const [row] = await selectIn<{ numbers: string | null }>(
    db,
    (id) => Prisma.sql`
      SELECT string_agg("no"::text, ',') AS numbers FROM "Resource"
      WHERE "communityId" = ${id}::uuid AND "retiredAt" IS NULL AND "no" IS NOT NULL
        AND "latitude" BETWEEN ${point.latitude - degrees}::float8 AND ${point.latitude + degrees}::float8
        AND ${distanceFrom(point)} <= ${miles}::float8`,
  );
  return (row?.numbers ?? '').split(',').filter(Boolean).map(Number);
}
