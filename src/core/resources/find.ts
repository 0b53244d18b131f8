import { Temporal } from 'temporal-polyfill';
import { Prisma } from '../../db/generated/client.js';
import { selectIn, type TenantDb } from '../../db/tenant.js';
import { localAt } from '../../time/local.js';
import type { Scope } from '../scope.js';
import { openUntil } from './hours.js';
import { type FoundResource, SHOWN, shown } from './look.js';
import type { Search, Wanted } from './understand.js';

/** Services that are looked at to find which are open; who has more of them asks more exactly. */
const MOST_OPEN = 500;
/** The rarest words find services, until they have found so many; the others only say which are better. */
const ENOUGH = 2_000;
/** What is worth less than this share of the best is not what was asked for. */
const WORTH = 0.45;
/** How much more a word counts in a name, and in a place: what is far away is of no use. */
const NAME = 0.5;
const PLACE = 1.5;
const MILES = 3_958.8;
const MILES_PER_DEGREE = 69;
const MINUTES_OF_DAY = 24 * 60;

export interface Found {
  readonly resources: readonly FoundResource[];
  readonly hasMore: boolean;
}

interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

interface Row {
  readonly id: string;
  readonly zone: string | null;
  readonly hours: readonly number[];
  readonly miles: number | null;
}

const list = (words: readonly string[]) => Prisma.sql`ARRAY[${Prisma.join([...words])}]::text[]`;

/** A rare word says more. */
const weight = ({ count }: Wanted) => 1 / Math.log(Math.E + count);

/** How well a service fits: words in its name and places count more. */
function scoreOf(wanted: readonly Wanted[]): Prisma.Sql {
  const parts = wanted.flatMap((one) => {
    const words = list(one.words);
    const worth = weight(one);
    return [
      Prisma.sql`(CASE WHEN "terms" && ${words} THEN ${worth}::float8 ELSE 0 END)`,
      Prisma.sql`(CASE WHEN "names" && ${words} THEN ${worth * NAME}::float8 ELSE 0 END)`,
      Prisma.sql`(CASE WHEN "places" && ${words} THEN ${worth * PLACE}::float8 ELSE 0 END)`,
    ];
  });
  return parts.length === 0 ? Prisma.sql`0::float8` : Prisma.join(parts, ' + ');
}

/** Words one of which a service must have to be looked at: the rarest. */
function namers(wanted: readonly Wanted[]): readonly string[] {
  const rising = wanted.filter(({ count }) => count > 0).toSorted((a, b) => a.count - b.count);
  const words: string[] = [];
  let left = ENOUGH;
  for (const one of rising) {
    if (words.length > 0 && one.count > left) break;
    words.push(...one.words);
    left -= one.count;
  }
  return words;
}

const distanceFrom = ({ latitude, longitude }: Point) => Prisma.sql`
  (2 * ${MILES}::float8 * asin(least(1, sqrt(
    power(sin(radians("latitude" - ${latitude}::float8) / 2), 2) +
    cos(radians(${latitude}::float8)) * cos(radians("latitude")) * power(sin(radians("longitude" - ${longitude}::float8) / 2), 2)))))`;

/** The median of the services of a place, because another place of the same name is far away; undefined where none is known to be anywhere. */
async function middleOf(db: TenantDb, place: Search['place']): Promise<Point | undefined> {
  const all = place.map((words) => Prisma.sql`AND "terms" && ${list(words)} AND "places" && ${list(words)}`);
  const [row] = await selectIn<{ latitude: number | null; longitude: number | null }>(
    db,
    (id) => Prisma.sql`
      SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY "latitude") AS latitude,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY "longitude") AS longitude
      FROM "Resource"
      WHERE "communityId" = ${id}::uuid AND "retiredAt" IS NULL ${Prisma.join(all, ' ')}`,
  );
  return row && row.latitude !== null && row.longitude !== null
    ? { latitude: row.latitude, longitude: row.longitude }
    : undefined;
}

function near(point: Point, miles: number): Prisma.Sql {
  const degrees = miles / MILES_PER_DEGREE;
  return Prisma.sql`AND "latitude" BETWEEN ${point.latitude - degrees}::float8 AND ${point.latitude + degrees}::float8
    AND ${distanceFrom(point)} <= ${miles}::float8`;
}

/** What every service that is found has to be. */
function filter({ wanted, needed, place, open, within }: Search, middle: Point | undefined): Prisma.Sql {
  const names = namers(wanted);
  const conditions = [
    ...(names.length > 0 ? [Prisma.sql`AND "terms" && ${list(names)}`] : []),
    ...(needed.length > 0 ? [Prisma.sql`AND "terms" @> ${list(needed)}`] : []),
    ...(open ? [Prisma.sql`AND cardinality("hours") > 0`] : []),
    ...(within !== undefined && middle
      ? [near(middle, within)]
      : place.map((words) => Prisma.sql`AND "terms" && ${list(words)} AND "places" && ${list(words)}`)),
  ];
  return conditions.length === 0 ? Prisma.empty : Prisma.join(conditions, ' ');
}

/** The best first; of those that are as good the nearest, then those that somebody assured last. */
function statement(search: Search, middle: Point | undefined, skip: number, take: number) {
  const miles = middle ? distanceFrom(middle) : Prisma.sql`NULL::float8`;
  return (id: string) => Prisma.sql`
    SELECT best."id", best."hours", best.miles, coalesce(best."zone", s."zone") AS "zone"
    FROM (
      SELECT * FROM (
        SELECT *, max(score) OVER () AS top FROM (
          SELECT "id", "sourceId", "zone", "hours", "verified", "name", ${miles} AS miles, (${scoreOf(search.wanted)}) AS score
          FROM "Resource" WHERE "communityId" = ${id}::uuid AND "retiredAt" IS NULL ${filter(search, middle)}
        ) AS fitting
      ) AS ranked
      WHERE score >= top * ${WORTH}::float8
      ORDER BY score DESC, miles ASC NULLS LAST, "verified" DESC NULLS LAST, "name", "id"
      LIMIT ${take} OFFSET ${skip}
    ) AS best
    JOIN "ResourceSource" AS s ON s."communityId" = ${id}::uuid AND s."id" = best."sourceId"
    ORDER BY score DESC, miles ASC NULLS LAST, "verified" DESC NULLS LAST, best."name", best."id"`;
}

/** The minute of the week there, since Sunday 00:00. */
export function minuteThere(now: Date, zone: string): number {
  const here = localAt(Temporal.Instant.fromEpochMilliseconds(now.getTime()), zone);
  return (here.dayOfWeek % 7) * MINUTES_OF_DAY + here.hour * 60 + here.minute;
}

async function rowsOf({ db, now }: Scope, search: Search, middle: Point | undefined, size: number, skip: number): Promise<Row[]> {
  if (!search.open) return selectIn<Row>(db, statement(search, middle, skip, size + 1));
  const rows = await selectIn<Row>(db, statement(search, middle, 0, MOST_OPEN));
  const isOpen = ({ zone, hours }: Row) => zone !== null && openUntil(hours, minuteThere(now, zone)) !== undefined;
  return rows.filter(isOpen).slice(skip, skip + size + 1);
}

/**
 * Services that fit, the best first. Nothing of what was asked is kept.
 * @param size how many at once
 * @param skip how many were shown already
 */
export async function findResources(scope: Scope, search: Search, size: number, skip = 0): Promise<Found> {
  // Words that nobody has find nothing, rather than everything.
  if (search.wanted.length > 0 && namers(search.wanted).length === 0) return { resources: [], hasMore: false };
  const middle = search.place.length > 0 ? await middleOf(scope.db, search.place) : undefined;
  const rows = await rowsOf(scope, search, middle, size, skip);
  const page = rows.slice(0, size);
  const found = await scope.db.resource.findMany({ where: { id: { in: page.map(({ id }) => id) } }, select: SHOWN });
  const byId = new Map(found.map((row) => [row.id, row]));
  const resources = page.flatMap(({ id, miles }): FoundResource[] => {
    const row = byId.get(id);
    return row ? [{ ...shown(row), ...(miles !== null && { miles }) }] : [];
  });
  return { resources, hasMore: rows.length > size };
}
