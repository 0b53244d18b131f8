import { z } from 'zod';

export const HALT = ['hungry', 'angry', 'lonely', 'tired'] as const;

/**
 * What a member says in a check-in; each may be left out. Mood and craving are plain 0 to 10 ratings, HALT is a folk
 * mnemonic: none is a clinical instrument (design: data/reference/instruments.csv).
 */
export const answersSchema = z.object({
  mood: z.int().min(0).max(10).optional(),
  craving: z.int().min(0).max(10).optional(),
  halt: z.array(z.enum(HALT)).optional(),
  note: z.string().max(1000).optional(),
});

export type Answers = z.infer<typeof answersSchema>;

export const answersBinding = (id: string) => `CheckIn.answers:${id}`;
