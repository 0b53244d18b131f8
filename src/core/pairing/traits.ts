import type { Cipher } from '../../db/cipher.js';
import type { MentorProfile } from '../../db/generated/client.js';
import type { Derive } from '../../db/rotate.js';
import { type MentorFacts, mentorFactsSchema } from './facts.js';
import { GENDERS } from './vocabulary.js';

/** What the index of mentors can be asked for, such as `language:es`. */
export type Trait = `${string}:${string}`;

const tagged = (trait: Trait) => `mentor ${trait}`;

/**
 * A trait as the database knows it: 32 bits of a keyed digest, which tell nothing without the key. Two traits may share
 * one, so whoever finds a mentor by it looks at their facts too.
 */
export const blindTrait = (cipher: Pick<Cipher, 'tag'>, trait: Trait): number => cipher.tag(tagged(trait)).readInt32BE(0);

/** All that a trait can be known as: profiles that were saved before a key was changed have the digest of the older key. */
export const blindlyKnownAs = (cipher: Pick<Cipher, 'tags'>, trait: Trait): number[] =>
  cipher.tags(tagged(trait)).map((tag) => tag.readInt32BE(0));

/** Everything that a mentor can be found by. */
export function traitsOf(facts: MentorFacts): Trait[] {
  const each = (kind: string, values: readonly string[]) => values.map((value): Trait => `${kind}:${value}`);
  const maybe = (kind: string, value: string | undefined) => (value === undefined ? [] : each(kind, [value]));
  return [
    ...each('pathway', facts.pathways),
    ...each('language', facts.languages),
    ...maybe('gender', facts.gender),
    ...each('way', facts.ways),
    ...maybe('pace', facts.pace),
    ...maybe('tone', facts.tone),
    ...each('experience', facts.experiences),
    ...maybe('recovery', facts.recovery),
    ...each('topic', facts.topics),
    ...(facts.medicationFriendly ? each('medication', ['yes']) : []),
    ...each('takes', facts.onlyGenders.length > 0 ? facts.onlyGenders : [...GENDERS, 'untold']),
    ...each('hours', facts.slots),
  ];
}

export const blindTraits = (cipher: Pick<Cipher, 'tag'>, facts: MentorFacts): number[] =>
  traitsOf(facts).map((trait) => blindTrait(cipher, trait));

/** Columns of marks, and bits of each. */
export const MARKS = 8;
const BITS = 64n;

/** Where the mark of a digest is: the column, and its bit as the database writes it (signed). */
export function markOf(digest: number): { readonly column: number; readonly bit: bigint } {
  const place = digest >>> 0;
  return { column: place % MARKS, bit: BigInt.asIntN(64, 1n << (BigInt(Math.floor(place / MARKS)) % BITS)) };
}

/** The marks of some digests, by column: what is 0 has none. */
export function marksOf(digests: readonly number[]): bigint[] {
  const marks = Array.from({ length: MARKS }, () => 0n);
  for (const { column, bit } of digests.map(markOf)) marks[column] = BigInt.asIntN(64, (marks[column] ?? 0n) | bit);
  return marks;
}

/** What decides among equals: differs for each request, so that nobody always comes first. */
export const lotOf = (id: string): number => Number.parseInt(id.slice(0, 8), 16) | 0;

type Mark = `mark${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7}`;

/** The columns by which a mentor is found; whoever saves a profile saves these with it. */
export function searchColumns(
  cipher: Pick<Cipher, 'tag'>,
  memberId: string,
  facts: MentorFacts,
): Pick<MentorProfile, 'traits' | 'zone' | 'lot' | Mark> {
  const traits = blindTraits(cipher, facts);
  const marks = Object.fromEntries(marksOf(traits).map((mark, i) => [`mark${i}`, mark])) as Record<Mark, bigint>;
  return { traits, ...marks, zone: facts.zone, lot: lotOf(memberId) };
}

/** The same of a profile that is sealed anew. */
export const deriveSearch =
  (cipher: Pick<Cipher, 'tag'>): Derive =>
  async (plain, { id }, prisma) => {
    const row = await prisma.mentorProfile.findUnique({ where: { id }, select: { memberId: true } });
    return row ? searchColumns(cipher, row.memberId, mentorFactsSchema.parse(JSON.parse(plain))) : undefined;
  };
