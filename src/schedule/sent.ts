import { setTimeout as sleep } from 'node:timers/promises';
import { Prisma, type PrismaClient } from '../db/generated/client.js';
import { isUnavailable } from '../db/unavailable.js';

/** Milliseconds between tries to write down what happened while the database is away. */
const PAUSES = [200, 500, 1_000, 2_000, 5_000, 10_000, 20_000];

/** A message that was sent and not written down would be sent again: worth some patience. */
export async function insist<T>(write: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES) {
    try {
      return await write();
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      await sleep(pause);
    }
  }
  return write();
}

/** A message that the platform took. */
export interface Taken {
  /** Of the delivery. */
  readonly id: string;
  /** The platform's id of the message. */
  readonly ref: string;
  readonly at: Date;
}

/** Behind OFFSET the planner does not see how many there are, and so never prefers to read the whole table. */
export const sentRows = (taken: readonly Taken[]) => Prisma.sql`
  UPDATE "Delivery" AS d SET "state" = 'sent', "ref" = n.ref, "endedAt" = n.at, "reason" = NULL
  FROM (
    SELECT ${taken.map(({ id }) => id)}::uuid[] AS ids, ${taken.map(({ ref }) => ref)}::text[] AS refs,
      ${taken.map(({ at }) => at.toISOString())}::text[]::timestamptz[] AS ats
    OFFSET 0
  ) AS p, LATERAL unnest(p.ids, p.refs, p.ats) AS n(id, ref, at)
  WHERE d."id" = n.id AND d."state" = 'queued'`;

/**
 * Writes down what was sent: at once, and what comes meanwhile together with the next write. The time between a platform's
 * "taken" and this is the one in which a crash makes a message come twice.
 * @returns resolves when it is written
 */
export function makeSentBook(prisma: PrismaClient): (taken: Taken) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  let next: { readonly rows: Taken[]; readonly written: Promise<void> } | undefined;
  const begin = () => {
    const rows: Taken[] = [];
    const written = last.then(async () => {
      next = undefined;
      await insist(() => prisma.$executeRaw(sentRows(rows)));
    });
    last = written.catch(() => undefined);
    return { rows, written };
  };
  return (taken) => {
    next ??= begin();
    next.rows.push(taken);
    return next.written;
  };
}
