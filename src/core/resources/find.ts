import { Temporal } from 'temporal-polyfill';
import { Prisma } from '../../db/generated/client.js';
import { selectIn, type TenantDb } from '../../db/tenant.js';
import { localAt } from '../../time/local.js';
import type { Scope } from '../scope.js';
import { openUntil } from './hours.js';
import { type FoundResource, SHOWN, shown } from './look.js';
import { inOrder, type Ordered } from './order.js';
import { type Group, groupsOf, type Index, passing, placeFilters, wordsOf } from './rank.js';
import type { Search } from './understand.js';
import { rebuildWords, WITH_HOURS } from './vocabulary.js';
import { around, middleOf, type Point } from './where.js';

/** Services that are looked at to find which are open; who has more of them asks more exactly. */
const MOST_OPEN = 500;
/** Days after which what nobody assured again stands behind what somebody did. */
export const FRESH_DAYS = 180;
const MINUTES_OF_DAY = 24 * 60;
const MS_OF_DAY = 86_400_000;
/** Milliseconds to make an index that is missing. */
const MENDING = 120_000;

export interface Found {
  readonly resources: readonly FoundResource[];
  readonly hasMore: boolean;
}

/** The minute of the week there, since Sunday 00:00. */
export function minuteThere(now: Date, zone: string): number {
  const here = localAt(Temporal.Instant.fromEpochMilliseconds(now.getTime()), zone);
  return (here.dayOfWeek % 7) * MINUTES_OF_DAY + here.hour * 60 + here.minute;
}

interface Numbers {
  /** All are below it. */
  readonly size: number;
  /** Of the services that the community shows before others. */
  readonly pinned: readonly number[];
  /** Some have none yet, such as those of before there were numbers; no word finds them. */
  readonly isUnfinished: boolean;
}

async function readNumbers(db: TenantDb): Promise<Numbers> {
  const [row] = await selectIn<Numbers>(
    db,
    (id) => Prisma.sql`
      SELECT
        coalesce((SELECT max("no") + 1 FROM "Resource" WHERE "communityId" = ${id}::uuid), 0)::int AS size,
        ARRAY(SELECT "no" FROM "Resource" WHERE "communityId" = ${id}::uuid AND "pinnedAt" IS NOT NULL AND "no" IS NOT NULL) AS pinned,
        EXISTS(SELECT 1 FROM "Resource" WHERE "communityId" = ${id}::uuid AND "no" IS NULL) AS "isUnfinished"`,
  );
  return row ?? { size: 0, pinned: [], isUnfinished: false };
}

async function numbersOf(db: TenantDb): Promise<Numbers> {
  const numbers = await readNumbers(db);
  if (!numbers.isUnfinished) return numbers;
  await db.transact(async (tx) => void ((await readNumbers(tx)).isUnfinished && (await rebuildWords(tx))), { timeout: MENDING });
  return readNumbers(db);
}

async function indexOf(db: TenantDb, words: readonly string[]): Promise<Index> {
  if (words.length === 0) return new Map();
  const rows = await db.resourceWord.findMany({
    where: { word: { in: [...words] } },
    select: { word: true, anywhere: true, names: true, places: true },
  });
  return new Map(rows.map(({ word, ...posted }) => [word, posted]));
}

/** A state has no middle that anything is near to. */
const isState = ({ place }: Search) => place.flat().every((word) => word.startsWith('state:'));

async function whereTo(db: TenantDb, search: Search, index: Index, size: number): Promise<{ middle?: Point; among?: Group }> {
  if (search.place.length === 0 || (isState(search) && search.within === undefined)) return {};
  const middle = await middleOf(db, passing(placeFilters(search), index, size));
  if (!middle) return {};
  return { middle, ...(search.within !== undefined && { among: await around(db, middle, search.within) }) };
}

/** What the community shows before others comes before others, among what fits. */
function pinnedFirst(groups: readonly Group[], numbers: readonly number[]): readonly Group[] {
  if (numbers.length === 0) return groups;
  const pinned = new Set(numbers);
  const part = (isFirst: boolean) => groups.map((group) => group.filter((no) => pinned.has(no) === isFirst));
  return [...part(true), ...part(false)].filter((group) => group.length > 0);
}

/** Everything that fits, the best first, as far as it is asked for. */
async function ordered(scope: Scope, asked: Search, skip: number, take: number): Promise<Ordered[]> {
  const { db, now } = scope;
  const search = asked.open ? { ...asked, needed: [...asked.needed, WITH_HOURS] } : asked;
  const { size, pinned } = await numbersOf(db);
  const index = await indexOf(db, wordsOf(search));
  const { middle, among } = await whereTo(db, search, index, size);
  const groups = pinnedFirst(groupsOf(search, index, size, among), pinned);
  const freshSince = new Date(now.getTime() - FRESH_DAYS * MS_OF_DAY).toISOString().slice(0, 10);
  return inOrder(db, groups, { middle, freshSince }, skip, take);
}

async function rowsOf(scope: Scope, search: Search, size: number, skip: number): Promise<Ordered[]> {
  if (!search.open) return ordered(scope, search, skip, size + 1);
  const rows = await ordered(scope, search, 0, MOST_OPEN);
  const isOpen = ({ zone, hours }: Ordered) => zone !== null && openUntil(hours, minuteThere(scope.now, zone)) !== undefined;
  return rows.filter(isOpen).slice(skip, skip + size + 1);
}

/**
 * Services that fit, the best first. Nothing of what was asked is kept.
 * @param size how many at once
 * @param skip how many were shown already
 */
export async function findResources(scope: Scope, search: Search, size: number, skip = 0): Promise<Found> {
  const rows = await rowsOf(scope, search, size, skip);
  const page = rows.slice(0, size);
  const found = await scope.db.resource.findMany({ where: { id: { in: page.map(({ id }) => id) } }, select: SHOWN });
  const byId = new Map(found.map((row) => [row.id, row]));
  const resources = page.flatMap(({ id, miles }): FoundResource[] => {
    const row = byId.get(id);
    return row ? [{ ...shown(row), ...(miles !== null && { miles }) }] : [];
  });
  return { resources, hasMore: rows.length > size };
}
