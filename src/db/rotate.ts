import type { Cipher, Keyring } from './cipher.js';
import { Sealed } from './cipher.js';
import { DatabaseProblem } from './errors.js';
import type { PrismaClient } from './generated/client.js';
import { repeating } from './repeat.js';
import { type Aged, agedIn, reseal, sealedBy } from './reseal.js';
import { columnOf, SEALED_PLACES, type SealedPlace, sealedAt } from './sealed.js';
import { isUniqueViolation } from './unique.js';

/** Seconds for which a key counts as in use after a process said that it seals with it ({@link useKey}). */
export const IN_USE = 45;

/**
 * Columns that were made of a sealed value with the key, such as a blind index: they are made anew with it, in one statement.
 * @returns those columns, or undefined where they can be made no more and are left
 */
export type Derive = (plain: string, row: Aged, prisma: PrismaClient) => Promise<Record<string, unknown> | undefined>;

export interface Rotation {
  readonly prisma: PrismaClient;
  readonly cipher: Cipher;
  readonly keyring: Keyring;
  readonly derive: Readonly<Partial<Record<SealedPlace, Derive>>>;
  /** Rows that are read and written at a time. */
  readonly batch: number;
  /** Called after each batch: what is written is as good as it was before, so that it may end here. */
  readonly onBatch?: (place: SealedPlace, resealed: number) => Promise<void>;
}

/** What a pass over everything did. */
export interface Passed {
  /** Values that are sealed with the first key now. */
  readonly resealed: number;
  /** Values that no key opens, by place. */
  readonly unreadable: ReadonlyMap<SealedPlace, number>;
}

async function writeDerived({ prisma }: Rotation, place: SealedPlace, row: Aged, data: object): Promise<number> {
  const { table, column } = columnOf(place);
  const accessor = (table.charAt(0).toLowerCase() + table.slice(1)) as 'mentorProfile';
  try {
    const { count } = await prisma[accessor].updateMany({ where: { id: row.id, [column]: row.sealed }, data });
    return count;
  } catch (error) {
    // Somebody wrote the same anew beside it: that row goes away by itself, or is looked at in the next pass.
    if (isUniqueViolation(error)) return 0;
    throw error;
  }
}

/** @returns how many were written; less where a row was changed meanwhile */
async function writeBatch(rotation: Rotation, place: SealedPlace, rows: readonly (Aged & { plain: string })[]): Promise<number> {
  const { prisma, cipher, derive } = rotation;
  const fresh = rows.map((row) => ({ ...row, after: cipher.seal(row.plain, sealedAt(place, row)) }));
  const make = derive[place];
  if (!make) {
    const resealed = fresh.map(({ id, sealed, after }) => ({ id, before: sealed, after }));
    // Rows that go at this moment are held in another order.
    return repeating(() => reseal(prisma, place, resealed));
  }
  let written = 0;
  for (const { plain, after, ...row } of fresh) {
    const derived = await make(plain, row, prisma);
    if (derived) written += await writeDerived(rotation, place, row, { [columnOf(place).column]: after, ...derived });
  }
  return written;
}

function openAll(cipher: Cipher, place: SealedPlace, rows: readonly Aged[]): (Aged & { plain: string })[] {
  return rows.flatMap((row) => {
    try {
      return [{ ...row, plain: cipher.open(row.sealed, sealedAt(place, row)) }];
    } catch (error) {
      if (error instanceof Sealed) return [];
      throw error;
    }
  });
}

async function passOver(rotation: Rotation, place: SealedPlace): Promise<{ resealed: number; unreadable: number }> {
  const { prisma, cipher, keyring, batch, onBatch } = rotation;
  const [active] = keyring;
  let resealed = 0;
  let unreadable = 0;
  for (let after: string | undefined; ; ) {
    const rows = await agedIn(prisma, place, active.id, batch, after);
    const last = rows.at(-1);
    if (!last) return { resealed, unreadable };
    after = last.id;
    const opened = openAll(cipher, place, rows);
    unreadable += rows.length - opened.length;
    const written = await writeBatch(rotation, place, opened);
    resealed += written;
    await onBatch?.(place, written);
  }
}

/**
 * Seals everything anew that the first key of the ring did not seal. May be ended at any moment and be called again; a value that
 * is written meanwhile is never overwritten.
 */
export async function passOverAll(rotation: Rotation): Promise<Passed> {
  let resealed = 0;
  const unreadable = new Map<SealedPlace, number>();
  for (const place of SEALED_PLACES) {
    const passed = await passOver(rotation, place);
    resealed += passed.resealed;
    if (passed.unreadable > 0) unreadable.set(place, passed.unreadable);
  }
  return { resealed, unreadable };
}

/** What is known of a key that was ever used here. */
export interface KeyStanding {
  readonly id: string;
  readonly since: Date;
  /** A process that is running seals with it. */
  readonly isInUse: boolean;
  readonly retiredAt: Date | null;
}

/** The keys of this database, the oldest first. */
export function keysOf(prisma: PrismaClient): Promise<KeyStanding[]> {
  return prisma.$queryRaw<KeyStanding[]>`
    SELECT "id", "createdAt" AS "since", "retiredAt",
           coalesce("usedAt" > now() - make_interval(secs => ${IN_USE}::int), false) AS "isInUse"
    FROM "EncryptionKey" ORDER BY "createdAt", "id"`;
}

/** Says that a process seals with this key. Call it at the start, and several times within {@link IN_USE} seconds. */
export async function useKey(prisma: PrismaClient, id: string): Promise<void> {
  await prisma.$executeRaw`UPDATE "EncryptionKey" SET "usedAt" = now(), "retiredAt" = NULL WHERE "id" = ${id}`;
}

/**
 * Makes sure that the key to come is the first one.
 * @param to the id of a key that is gone back to on purpose
 * @throws {@link DatabaseProblem} when another one is younger
 */
export function mustComeFirst([active]: Keyring, keys: readonly KeyStanding[], to?: string): void {
  if (to !== undefined && to !== active.id)
    throw new DatabaseProblem(`The first key is ${active.id}, not ${to}. Put the key to come first, and start Homegroup anew.`);
  const mine = keys.find(({ id }) => id === active.id);
  const younger = keys.find(({ since, retiredAt }) => retiredAt === null && mine && since > mine.since);
  if (younger && to === undefined)
    throw new DatabaseProblem(
      `The key ${younger.id} is newer here than the first one, ${active.id}. Put the new key first, and start Homegroup anew. To go back to the older one on purpose: homegroup keys rotate --to ${active.id}`,
    );
}

/** Keys of which nothing is needed any more, once a pass found nothing of theirs. Not while a process seals with one. @returns their ids */
export async function retire({ prisma, keyring }: Pick<Rotation, 'prisma' | 'keyring'>): Promise<string[]> {
  const [active, ...others] = keyring;
  const ids = others.map(({ id }) => id);
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    UPDATE "EncryptionKey" SET "retiredAt" = now()
    WHERE "id" = ANY (${ids}) AND "id" <> ${active.id} AND "retiredAt" IS NULL
      AND ("usedAt" IS NULL OR "usedAt" <= now() - make_interval(secs => ${IN_USE}::int))
    RETURNING "id"`;
  return rows.map(({ id }) => id);
}

/** How many values each key sealed, by key id, over all places. */
export async function countByKey(prisma: PrismaClient): Promise<ReadonlyMap<string, number>> {
  const sums = new Map<string, number>();
  for (const place of SEALED_PLACES)
    for (const [key, count] of await sealedBy(prisma, place)) sums.set(key, (sums.get(key) ?? 0) + count);
  return sums;
}

/** The keys of the ring, by id, with which nothing is sealed any more. */
export async function spareKeys(prisma: PrismaClient, [, ...others]: Keyring): Promise<string[]> {
  const retired = (await keysOf(prisma)).filter(({ retiredAt }) => retiredAt !== null).map(({ id }) => id);
  return others.map(({ id }) => id).filter((id) => retired.includes(id));
}
