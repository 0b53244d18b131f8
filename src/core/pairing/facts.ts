import { z } from 'zod';
import type { Cipher } from '../../db/cipher.js';
import type { SealedAt } from '../../db/sealed.js';
import { EXPERIENCES, GENDERS, PACES, PATHWAYS, RECOVERIES, SLOTS, TONES, TOPICS, WAYS } from './vocabulary.js';

/** Characters of each thing that a mentor says in their own words. */
export const MOST_WORDS = { story: 1000, able: 400, limits: 400, cost: 100 } as const;
export const MOST_CAPACITY = 20;

const languages = z.array(z.string().regex(/^[a-z]{2,3}$/u)).max(10);

/** What somebody who chooses is told of a mentor. No name and no picture are among it; nothing but the languages is required. */
export const mentorFactsSchema = z.object({
  /** None: of no pathway in particular. */
  pathways: z.array(z.enum(PATHWAYS)),
  experiences: z.array(z.enum(EXPERIENCES)),
  /** Own lived experience, in their own words. */
  story: z.string().max(MOST_WORDS.story).optional(),
  recovery: z.enum(RECOVERIES).optional(),
  /** Of mentoring or peer support. */
  hoursOfExperience: z.int().min(0).max(100_000).optional(),
  gender: z.enum(GENDERS).optional(),
  ways: z.array(z.enum(WAYS)),
  pace: z.enum(PACES).optional(),
  tone: z.enum(TONES).optional(),
  /** ISO 639, at least one. */
  languages: languages.min(1),
  /** Usual hours, in `zone`. */
  slots: z.array(z.enum(SLOTS)),
  /** IANA. */
  zone: z.string(),
  topics: z.array(z.enum(TOPICS)),
  /** Supports people who take medication for opioid or alcohol use disorder. */
  medicationFriendly: z.boolean(),
  /** Only these are offered to them; none: anyone. Who has not said theirs is not offered where there is one. */
  onlyGenders: z.array(z.enum(GENDERS)),
  /** Whom they feel able to help, in their own words. */
  able: z.string().max(MOST_WORDS.able).optional(),
  limits: z.string().max(MOST_WORDS.limits).optional(),
  /** In their own words; absent: free. */
  cost: z.string().max(MOST_WORDS.cost).optional(),
});
export type MentorFacts = z.infer<typeof mentorFactsSchema>;

const binding = (id: string): SealedAt => `MentorProfile.details:${id}`;

export const sealFacts = (cipher: Cipher, id: string, facts: MentorFacts): Uint8Array<ArrayBuffer> =>
  cipher.seal(JSON.stringify(mentorFactsSchema.parse(facts)), binding(id));

export const openFacts = (cipher: Cipher, { id, details }: { id: string; details: Uint8Array }): MentorFacts =>
  mentorFactsSchema.parse(JSON.parse(cipher.open(details, binding(id))));
