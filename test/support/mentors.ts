import { randomUUID } from 'node:crypto';
import type { MentorFacts } from '../../src/core/pairing/facts.js';
import { sealFacts } from '../../src/core/pairing/facts.js';
import { searchColumns } from '../../src/core/pairing/traits.js';
import {
  EXPERIENCES,
  GENDERS,
  PACES,
  PATHWAYS,
  RECOVERIES,
  SLOTS,
  TONES,
  TOPICS,
  WAYS,
} from '../../src/core/pairing/vocabulary.js';
import { WISH_NAMES, WISHES, type Wishes, type WishName } from '../../src/core/pairing/wishes.js';
import type { World } from '../../src/core/scope.js';
import type { Cipher } from '../../src/db/cipher.js';
import type { Prisma } from '../../src/db/generated/client.js';
import type { TenantDb } from '../../src/db/tenant.js';

/** A mentor who says nothing but a language. */
export const PLAIN: MentorFacts = {
  ...{ pathways: [], experiences: [], ways: [], languages: ['en'], slots: [], zone: 'Europe/Madrid', topics: [] },
  ...{ medicationFriendly: false, onlyGenders: [] },
};

export interface MentorSpec {
  readonly memberId?: string;
  readonly facts?: Partial<MentorFacts>;
  readonly capacity?: number;
  readonly pausedUntil?: Date | null;
  readonly lapsedAt?: Date | null;
  readonly heldAt?: Date | null;
  readonly endedAt?: Date | null;
  readonly ageBand?: string | null;
}

/** Rows of mentors, with members of their own where none are named. @returns the members' ids, in order */
export async function makeMentors(db: TenantDb, cipher: Cipher, specs: readonly MentorSpec[], now: Date): Promise<string[]> {
  const communityId = db.communityId;
  const ids = specs.map(({ memberId }) => memberId ?? randomUUID());
  const isNew = specs.flatMap(({ memberId, ageBand }, i) =>
    memberId ? [] : [{ id: ids[i], communityId, ageBand: ageBand ?? null }],
  );
  await db.member.createMany({ data: isNew });
  const rows = specs.map(({ facts, capacity = 1, memberId: _, ageBand: __, ...states }, i) => {
    const id = randomUUID();
    const whole = { ...PLAIN, ...facts };
    const memberId = ids[i] as string;
    const columns = searchColumns(cipher, memberId, whole);
    return {
      id,
      communityId,
      memberId,
      details: sealFacts(cipher, id, whole),
      ...columns,
      capacity,
      confirmedAt: now,
      ...states,
    };
  });
  await db.mentorProfile.createMany({ data: rows });
  return ids;
}

/** A member's profile, as `/mentor volunteer` keeps it. @returns its id */
export async function volunteer(
  { prisma, cipher }: Pick<World, 'prisma' | 'cipher'>,
  { communityId, memberId, now }: { readonly communityId: string; readonly memberId: string; readonly now: Date },
  facts: Partial<MentorFacts> = {},
  more: Partial<Prisma.MentorProfileUncheckedCreateInput> = {},
): Promise<string> {
  const id = randomUUID();
  const whole = { ...PLAIN, ...facts };
  await prisma.mentorProfile.create({
    data: {
      ...{ id, communityId, memberId, capacity: 1, confirmedAt: now },
      ...{ details: sealFacts(cipher, id, whole), ...searchColumns(cipher, memberId, whole) },
      ...more,
    },
  });
  return id;
}

/** Numbers from 0 up to 1, the same each time for the same seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const ZONES = [
  ...['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles', 'America/Puerto_Rico'],
  ...['Europe/London', 'Europe/Madrid', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Sydney'],
];
const LANGUAGES = ['en', 'en', 'en', 'en', 'es', 'es', 'fr', 'de', 'hi', 'pt'];
const TALK = 'I came in on a rainy Tuesday, and somebody saved me a seat. '.repeat(5);

function pickers(seed: number) {
  const next = chance(seed);
  const one = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)] as T;
  const some = <T>(values: readonly T[], share: number): T[] => values.filter(() => next() < share);
  const atLeastOne = <T>(values: readonly T[], share: number): T[] => [...new Set([one(values), ...some(values, share)])];
  return { next, one, some, atLeastOne };
}

/** Mentors as a large community might have them. */
export function crowd(size: number, seed: number): MentorSpec[] {
  const { next, one, some, atLeastOne } = pickers(seed);
  return Array.from({ length: size }, () => ({
    capacity: 1 + Math.floor(next() * 5),
    facts: {
      pathways: some(PATHWAYS, 0.06),
      experiences: some(EXPERIENCES, 0.25),
      story: TALK,
      recovery: one(RECOVERIES),
      gender: one(GENDERS),
      ways: atLeastOne(WAYS, 0.4),
      pace: one(PACES),
      tone: one(TONES),
      languages: atLeastOne(LANGUAGES, 0.05),
      slots: atLeastOne(SLOTS, 0.25),
      zone: one(ZONES),
      topics: some(TOPICS, 0.3),
      medicationFriendly: next() < 0.4,
      onlyGenders: next() < 0.15 ? [one(GENDERS)] : [],
    },
  }));
}

/** What people ask for: from nothing at all to something of every kind, a fifth of it musts. */
export function someWishes(size: number, seed: number): Wishes[] {
  const { next, one, some, atLeastOne } = pickers(seed);
  const values = (what: WishName): string[] => {
    if (what === 'language') return [one(LANGUAGES)];
    if (what === 'recovery' || what === 'pace' || what === 'tone') return [one<string>(WISHES[what])];
    return atLeastOne<string>(WISHES[what], what === 'pathway' ? 0.02 : 0.15);
  };
  return Array.from({ length: size }, () => {
    const share = next();
    const wishes = some(WISH_NAMES, share).map((what) => ({ what, values: values(what), must: next() < 0.2 }));
    return { wishes, zone: one(ZONES), ...(next() < 0.7 && { gender: one(GENDERS) }) };
  });
}
