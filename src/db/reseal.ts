import { Prisma } from './generated/client.js';
import { columnOf, type SealedPlace } from './sealed.js';

/** A sealed value as it was found, and as it shall be. */
export interface Resealed {
  readonly id: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** Prisma names every id a UUID, but for that of a button. */
const idType = (table: string) => Prisma.raw(table === 'Tap' ? 'text' : 'uuid');

/**
 * Puts these values in the place of those that were found. What somebody wrote meanwhile is left alone.
 * @returns how many were written
 */
export async function reseal(
  tx: Pick<Prisma.TransactionClient, '$executeRaw'>,
  place: SealedPlace,
  rows: readonly Resealed[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const { table, column } = columnOf(place);
  const name = Prisma.raw(`"${column}"`);
  const type = idType(table);
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  return tx.$executeRaw`
    UPDATE ${Prisma.raw(`"${table}"`)} AS m SET ${name} = decode(n.after, 'hex')
    FROM unnest(${rows.map(({ id }) => id)}::${type}[], ${rows.map(({ before }) => hex(before))}::text[],
                ${rows.map(({ after }) => hex(after))}::text[]) AS n(id, before, after)
    WHERE m."id" = n.id AND m.${name} = decode(n.before, 'hex')`;
}

/** A row whose value was sealed with another key. */
export interface Aged {
  readonly id: string;
  readonly communityId: string;
  readonly sealed: Uint8Array<ArrayBuffer>;
}

type Reader = Pick<Prisma.TransactionClient, '$queryRaw'>;

/** Version and key id come first in what is sealed ({@link Cipher}). */
const keyIn = (column: string) => Prisma.raw(`encode(substring("${column}" from 2 for 8), 'hex')`);

/** The next values of a place that this key did not seal, by id. @param after the last id of those before */
export function agedIn(db: Reader, place: SealedPlace, key: string, take: number, after?: string): Promise<Aged[]> {
  const { table, column } = columnOf(place);
  const from = after === undefined ? Prisma.empty : Prisma.sql`AND "id" > ${after}::${idType(table)}`;
  return db.$queryRaw<Aged[]>`
    SELECT "id"::text AS "id", "communityId"::text AS "communityId", ${Prisma.raw(`"${column}"`)} AS "sealed"
    FROM ${Prisma.raw(`"${table}"`)}
    WHERE ${Prisma.raw(`"${column}"`)} IS NOT NULL AND ${keyIn(column)} <> ${key} ${from}
    ORDER BY "${Prisma.raw(table)}"."id" LIMIT ${take}`;
}

/** How many values of a place each key sealed, by key id. */
export async function sealedBy(db: Reader, place: SealedPlace): Promise<ReadonlyMap<string, number>> {
  const { table, column } = columnOf(place);
  const rows = await db.$queryRaw<{ key: string; count: number }[]>`
    SELECT ${keyIn(column)} AS "key", count(*)::int AS "count" FROM ${Prisma.raw(`"${table}"`)}
    WHERE ${Prisma.raw(`"${column}"`)} IS NOT NULL GROUP BY 1`;
  return new Map(rows.map(({ key, count }) => [key, count]));
}
