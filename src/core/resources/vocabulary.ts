import { distance } from 'fastest-levenshtein';
import { Prisma } from '../../db/generated/client.js';
import { selectIn, type TenantDb } from '../../db/tenant.js';
import { batches } from '../lists/changes.js';
import { nearOf } from './stem.js';

/** A word of fewer letters is not taken for a slip. */
const SHORTEST = 4;
/** From here on, two slips are believed. */
const LONG = 8;
const MOST_MEANT = 4;

const letters = (word: string) => [...word].sort().join('');

interface Counted {
  readonly word: string;
  readonly count: number;
}

/** Counts anew by which words the services of a community are found. Belongs into the transaction that changed them. */
export async function rebuildWords(tx: TenantDb): Promise<void> {
  const rows = await selectIn<Counted>(
    tx,
    (id) => Prisma.sql`
      SELECT word, count(*)::int AS count
      FROM "Resource", unnest("terms") AS word
      WHERE "communityId" = ${id}::uuid AND "retiredAt" IS NULL
      GROUP BY word`,
  );
  await tx.resourceWord.deleteMany({});
  for (const some of batches(rows))
    await tx.resourceWord.createMany({
      data: some.map(({ word, count }) => {
        const near = /^\p{L}+$/u.test(word) && word.length >= SHORTEST ? nearOf(word) : [];
        return { communityId: tx.communityId, word, count, near: [...near] };
      }),
    });
}

/** How many services have each of these words; those that none has are not there. */
export async function countsOf(db: TenantDb, words: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await db.resourceWord.findMany({ where: { word: { in: [...words] } }, select: { word: true, count: true } });
  return new Map(rows.map(({ word, count }) => [word, count]));
}

/** Words that may be meant by one that no service has, the likeliest first. */
export async function meantWords(db: TenantDb, word: string): Promise<readonly Counted[]> {
  if (word.length < SHORTEST || /\d/u.test(word)) return [];
  const rows = await db.resourceWord.findMany({
    where: { near: { hasSome: [...nearOf(word)] } },
    select: { word: true, count: true },
  });
  const most = word.length >= LONG ? 2 : 1;
  return (
    rows
      .map((row) => ({ ...row, far: distance(row.word, word) }))
      // Two letters that changed places are one slip.
      .filter((row) => row.far <= most || letters(row.word) === letters(word))
      .toSorted((a, b) => a.far - b.far || b.count - a.count || (a.word < b.word ? -1 : 1))
      .slice(0, MOST_MEANT)
  );
}
