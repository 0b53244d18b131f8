import { Prisma, type PrismaClient } from '../db/generated/client.js';
import type { DueRow, Tx } from './kinds.js';

export interface Claimed extends DueRow {
  readonly kind: string;
  readonly failures: number;
}

/** Milliseconds until a row that failed is looked at again; doubles with every failure. */
const PARK_FIRST = 30_000;
const PARK_LONGEST = 6 * 60 * 60_000;

export const dueRows = (now: Date, kinds: readonly string[], limit: number) => Prisma.sql`
  SELECT "id", "communityId", "kind", "subjectId", "dueAt", "failures"
  FROM "DueWork"
  WHERE "wakeAt" <= ${now} AND "kind" = ANY(${[...kinds]})
  ORDER BY "wakeAt"
  LIMIT ${limit}
  FOR UPDATE SKIP LOCKED`;

export const dueKindRows = (now: Date) => Prisma.sql`SELECT DISTINCT "kind" FROM "DueWork" WHERE "wakeAt" <= ${now}`;

/** The kinds of which anything is due: one question, because most seconds have nothing to take. */
export async function dueKinds(prisma: PrismaClient, now: Date): Promise<ReadonlySet<string>> {
  const rows = await prisma.$queryRaw<{ kind: string }[]>(dueKindRows(now));
  return new Set(rows.map(({ kind }) => kind));
}

interface Moved {
  readonly id: string;
  readonly at: Date;
}

/** Behind OFFSET the planner does not see how many there are, and so never prefers to read the whole table. */
export const movedRows = (moved: readonly Moved[]) => Prisma.sql`
  UPDATE "DueWork" AS d SET "dueAt" = n.at, "wakeAt" = n.at, "failures" = 0
  FROM (
    SELECT ${moved.map(({ id }) => id)}::uuid[] AS ids, ${moved.map(({ at }) => at.toISOString())}::text[]::timestamptz[] AS ats
    OFFSET 0
  ) AS p, LATERAL unnest(p.ids, p.ats) AS n(id, at)
  WHERE d."id" = n.id`;

/**
 * Takes what is due, the longest waiting first, for this transaction alone: other processes step over it. Only kinds that
 * this process knows: during an upgrade, an older process leaves new kinds to the newer one.
 */
export function claim(tx: Tx, now: Date, kinds: readonly string[], limit: number): Promise<Claimed[]> {
  return tx.$queryRaw<Claimed[]>(dueRows(now, kinds, limit));
}

/** @param next as {@link Due.next}; must name every row, and later times than they have */
export async function moveOn(tx: Tx, rows: readonly DueRow[], next: ReadonlyMap<string, Date | null>): Promise<void> {
  const gone: string[] = [];
  const moved: Moved[] = [];
  for (const { id, dueAt } of rows) {
    const at = next.get(id);
    if (at === undefined) throw new Error('A row that fell due was not answered.');
    if (at === null) gone.push(id);
    else if (at > dueAt) moved.push({ id, at });
    else throw new Error('A row that fell due was not moved on.');
  }
  if (gone.length > 0) await tx.$executeRaw`DELETE FROM "DueWork" WHERE "id" = ANY(${gone}::uuid[])`;
  if (moved.length === 0) return;
  await tx.$executeRaw(movedRows(moved));
}

/** Looks at a row again later, so that it is not in the way of the others. It keeps its promised instant. */
export async function park(tx: Tx, row: Claimed, now: Date): Promise<Date> {
  const wait = Math.min(PARK_FIRST * 2 ** row.failures, PARK_LONGEST);
  const wakeAt = new Date(now.getTime() + wait);
  await tx.dueWork.update({ where: { id: row.id }, data: { wakeAt, failures: { increment: 1 } } });
  return wakeAt;
}
