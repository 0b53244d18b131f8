import { distance } from 'fastest-levenshtein';
import { Prisma } from '../../db/generated/client.js';
import { selectIn, type TenantDb, writeIn } from '../../db/tenant.js';
import { batches } from '../lists/changes.js';
import { takeTurn } from '../lists/turn.js';
import { eachOf, Postings } from './postings.js';
import { nearOf } from './stem.js';
import { areaOf, rebuildTowns, shiftTowns } from './towns.js';

/** A word of fewer letters is not taken for a slip. */
const SHORTEST = 4;
/** From here on, two slips are believed. */
const LONG = 8;
const MOST_MEANT = 4;
/** Services that are read at once. */
const CHUNK = 2_000;
/** Stands between words: none has a control character. */
const BETWEEN = '\u001f';
/** Stands in the index for the services that say when they are open; no word of a text looks like it. */
export const WITH_HOURS = '~hours';
/** Numbers may run so far ahead of the services that have them. */
const MOST_AHEAD = 1_000;

const letters = (word: string) => [...word].sort().join('');

interface Counted {
  readonly word: string;
  readonly count: number;
}

/**
 * Makes whoever else numbers services of this community wait until the transaction is over.
 * @returns the first number that is free
 */
export async function claimNumbers(tx: TenantDb): Promise<number> {
  await takeTurn(tx, 'services');
  const [row] = await selectIn<{ next: number }>(
    tx,
    (id) => Prisma.sql`SELECT coalesce(max("no") + 1, 0)::int AS next FROM "Resource" WHERE "communityId" = ${id}::uuid`,
  );
  return row?.next ?? 0;
}

/** Gives each service its number; all of them a new one when most numbers have none, because an index is as long as its last. */
async function number(tx: TenantDb): Promise<void> {
  const next = await claimNumbers(tx);
  const count = await tx.resource.count();
  const isSparse = next > 2 * count + MOST_AHEAD;
  if (isSparse) await tx.resource.updateMany({ data: { no: null } });
  const first = isSparse ? 0 : next;
  await writeIn(
    tx,
    (id) => Prisma.sql`
      UPDATE "Resource" AS r SET "no" = ${first}::int + fresh.place FROM (
        SELECT "id", (row_number() OVER (ORDER BY "id") - 1)::int AS place
        FROM "Resource" WHERE "communityId" = ${id}::uuid AND "no" IS NULL
      ) AS fresh
      WHERE r."communityId" = ${id}::uuid AND r."id" = fresh."id"`,
  );
}

interface Texts {
  readonly no: number;
  readonly terms: string;
  readonly names: string;
  readonly places: string;
}

const FIELDS = ['terms', 'names', 'places'] as const;
type Index = Map<string, Readonly<Record<(typeof FIELDS)[number], Postings>>>;

const readChunk = (tx: TenantDb, after: number) =>
  selectIn<Texts>(
    tx,
    (id) => Prisma.sql`
      SELECT "no", array_to_string(CASE WHEN cardinality("hours") > 0 THEN "terms" || ${WITH_HOURS}::text ELSE "terms" END, ${BETWEEN}) AS terms,
        array_to_string("names", ${BETWEEN}) AS names,
        array_to_string("places", ${BETWEEN}) AS places
      FROM "Resource" WHERE "communityId" = ${id}::uuid AND "retiredAt" IS NULL AND "no" > ${after}::int
      ORDER BY "no" LIMIT ${CHUNK}`,
  );

/** Adds a service to each of its words. */
function addTo(index: Index, row: Texts): void {
  for (const field of FIELDS)
    for (const word of row[field].split(BETWEEN)) {
      if (word === '') continue;
      const entry = index.get(word) ?? { terms: new Postings(), names: new Postings(), places: new Postings() };
      index.set(word, entry);
      entry[field].add(row.no);
    }
}

async function indexOf(tx: TenantDb): Promise<Index> {
  const index: Index = new Map();
  for (let after = -1; ; ) {
    const rows = await readChunk(tx, after);
    for (const row of rows) addTo(index, row);
    if (rows.length < CHUNK) return index;
    after = rows.at(-1)?.no ?? after;
  }
}

const hex = (postings: Postings) => `\\x${Buffer.from(postings.pack()).toString('hex')}`;
const isLetters = (word: string) => /^\p{L}+$/u.test(word);

/** What is as it was is not written again. */
async function write(tx: TenantDb, index: Index): Promise<void> {
  for (const some of batches([...index])) {
    const rows = some.map(([word, { terms, names, places }]) => ({
      ...{ word, count: terms.count, near: isLetters(word) && word.length >= SHORTEST ? nearOf(word) : [] },
      ...{ anywhere: hex(terms), names: hex(names), places: hex(places) },
    }));
    await writeIn(
      tx,
      (id) => Prisma.sql`
        INSERT INTO "ResourceWord" AS w ("id", "communityId", "word", "count", "near", "anywhere", "names", "places")
        SELECT gen_random_uuid(), ${id}::uuid, "word", "count", "near", "anywhere", "names", "places"
        FROM json_populate_recordset(NULL::"ResourceWord", ${JSON.stringify(rows)}::json)
        ON CONFLICT ("communityId", "word") DO UPDATE
        SET "count" = excluded."count", "anywhere" = excluded."anywhere", "names" = excluded."names", "places" = excluded."places"
        WHERE (w."anywhere", w."names", w."places") IS DISTINCT FROM (excluded."anywhere", excluded."names", excluded."places")`,
    );
  }
  const words = [...index.keys()];
  await writeIn(
    tx,
    (id) => Prisma.sql`DELETE FROM "ResourceWord" WHERE "communityId" = ${id}::uuid AND NOT ("word" = ANY(${words}::text[]))`,
  );
}

/**
 * Makes the index of the services of a community as they are now: by which words they are found, and in which towns they are.
 * Belongs into the transaction that changed them.
 */
export async function rebuildWords(tx: TenantDb): Promise<void> {
  await number(tx);
  await write(tx, await indexOf(tx));
  await rebuildTowns(tx);
}

/** By what a service is found. */
type FoundBy = Readonly<Record<(typeof FIELDS)[number], readonly string[]>> & {
  readonly hours: readonly number[];
  readonly details: unknown;
};

const wordsIn = (found: FoundBy | undefined, field: (typeof FIELDS)[number]): ReadonlySet<string> =>
  new Set([...(found?.[field] ?? []), ...(field === 'terms' && (found?.hours.length ?? 0) > 0 ? [WITH_HOURS] : [])]);

/** The numbers with this one among them, or without it. */
function postedWith(packed: Uint8Array, no: number, has: boolean): Postings {
  const numbers: number[] = [];
  eachOf(packed, (one) => void (one === no || numbers.push(one)));
  const postings = new Postings();
  for (const one of (has ? [...numbers, no] : numbers).toSorted((a, b) => a - b)) postings.add(one);
  return postings;
}

/**
 * A service is found by other words than before, or elsewhere; undefined: by none. Belongs into the transaction that changed it, and that has
 * claimed numbers before.
 */
export async function shiftWords(
  tx: TenantDb,
  no: number,
  before: FoundBy | undefined,
  after: FoundBy | undefined,
): Promise<void> {
  const all = new Set(FIELDS.flatMap((field) => [...wordsIn(before, field), ...wordsIn(after, field)]));
  const rows = await tx.resourceWord.findMany({ where: { word: { in: [...all] } } });
  const known = new Map(rows.map((row) => [row.word, row]));
  const nothing = new Uint8Array(0);
  for (const word of all) {
    const row = known.get(word);
    const [terms, names, places] = FIELDS.map((field) =>
      postedWith(row?.[field === 'terms' ? 'anywhere' : field] ?? nothing, no, wordsIn(after, field).has(word)),
    ) as [Postings, Postings, Postings];
    const packed = (postings: Postings) => new Uint8Array(postings.pack());
    const data = { count: terms.count, anywhere: packed(terms), names: packed(names), places: packed(places) };
    const where = { communityId_word: { communityId: tx.communityId, word } };
    const near = isLetters(word) && word.length >= SHORTEST ? [...nearOf(word)] : [];
    // What nobody has any more is no word that may be meant.
    if (terms.count === 0) await tx.resourceWord.deleteMany({ where: { word } });
    else await tx.resourceWord.upsert({ where, create: { communityId: tx.communityId, word, near, ...data }, update: data });
  }
  await shiftTowns(tx, areaOf(before?.details), areaOf(after?.details));
}

/** How many services have each of these words; those that none has are not there. */
export async function countsOf(db: TenantDb, words: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (words.length === 0) return new Map();
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
