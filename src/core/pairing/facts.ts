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
  pathways: z.array(z.enum(PATHWAYS)).describe('None: of no pathway in particular'),
  experiences: z.array(z.enum(EXPERIENCES)),
  story: z.string().max(MOST_WORDS.story).optional().describe('Own lived experience, in their own words'),
  recovery: z.enum(RECOVERIES).optional(),
  hoursOfExperience: z.int().min(0).max(100_000).optional().describe('Of mentoring or peer support'),
  gender: z.enum(GENDERS).optional(),
  ways: z.array(z.enum(WAYS)),
  pace: z.enum(PACES).optional(),
  tone: z.enum(TONES).optional(),
  languages: languages.min(1).describe('ISO 639, at least one'),
  slots: z.array(z.enum(SLOTS)).describe('Usual hours, in `zone`'),
  zone: z.string().describe('IANA'),
  topics: z.array(z.enum(TOPICS)),
  medicationFriendly: z.boolean().describe('Supports people who take medication for opioid or alcohol use disorder'),
  onlyGenders: z
    .array(z.enum(GENDERS))
    .describe('Only these are offered to them; none: anyone. Who has not said theirs is not offered where there is one'),
  able: z.string().max(MOST_WORDS.able).optional().describe('Whom they feel able to help, in their own words'),
  limits: z.string().max(MOST_WORDS.limits).optional(),
  cost: z.string().max(MOST_WORDS.cost).optional().describe('In their own words; absent: free'),
});
export type MentorFacts = z.infer<typeof mentorFactsSchema>;

const binding = (id: string): SealedAt => `MentorProfile.details:${id}`;

export const sealFacts = (cipher: Cipher, id: string, facts: MentorFacts): Uint8Array<ArrayBuffer> =>
  cipher.seal(JSON.stringify(mentorFactsSchema.parse(facts)), binding(id));

export const openFacts = (cipher: Cipher, { id, details }: { id: string; details: Uint8Array }): MentorFacts =>
  mentorFactsSchema.parse(JSON.parse(cipher.open(details, binding(id))));
