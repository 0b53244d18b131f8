import type { Cipher } from '../../db/cipher.js';
import type { MentorFacts } from './facts.js';

/** What the index of mentors can be asked for, such as `language:es`. */
export type Trait = `${string}:${string}`;

/**
 * A trait as the database knows it: 32 bits of a keyed digest, which tell nothing without the key. Two traits may share
 * one, so whoever finds a mentor by it looks at their facts too.
 */
export const blindTrait = (cipher: Pick<Cipher, 'tag'>, trait: Trait): number => cipher.tag(`mentor ${trait}`).readInt32BE(0);

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
    ...each('only', facts.onlyGenders),
    ...each(
      'hours',
      facts.slots.map((slot) => `${facts.zone}/${slot}`),
    ),
  ];
}

export const blindTraits = (cipher: Pick<Cipher, 'tag'>, facts: MentorFacts): number[] =>
  traitsOf(facts).map((trait) => blindTrait(cipher, trait));
