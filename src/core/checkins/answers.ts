import { z } from 'zod';
import type { SealedAt } from '../../db/sealed.js';

export const HALT = ['hungry', 'angry', 'lonely', 'tired'] as const;

/** An answer to any question: a rating, yes or no, words, or what was picked. */
export const answerSchema = z.union([
  z.int().min(0).max(10),
  z.boolean(),
  z.string().max(2000),
  z.array(z.string().max(100)).max(25),
]);

export type Answer = z.infer<typeof answerSchema>;

/**
 * What a member says in a check-in, by the question's id; each may be left out. Mood and craving are plain 0 to 10 ratings,
 * HALT is a folk mnemonic: none is a clinical instrument (design: data/reference/instruments.csv). These four mean the same in
 * every template that asks them; the others are what their template says.
 */
export const answersSchema = z
  .object({
    mood: z.int().min(0).max(10).optional(),
    craving: z.int().min(0).max(10).optional(),
    halt: z.array(z.enum(HALT)).optional(),
    note: z.string().max(1000).optional(),
  })
  .catchall(answerSchema.optional());

export type Answers = z.infer<typeof answersSchema>;

/** The plain check-in of `/checkin now`. */
export const QUICK = 'quick';

export const answersBinding = (id: string): SealedAt => `CheckIn.answers:${id}`;
