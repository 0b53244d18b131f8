import { z } from 'zod';
import type { Cipher } from '../../db/cipher.js';
import type { SealedAt } from '../../db/sealed.js';
import { IS_SHOWN } from '../privacy/declare.js';

/** Parts of a life that a goal can be about. */
export const AREAS = ['housing', 'work', 'legal', 'money', 'health', 'family', 'justice', 'other'] as const;
export type Area = (typeof AREAS)[number];

/** Characters of a goal, and of a step. */
export const MOST_WORDS = { goal: 200, step: 150 } as const;

const date = z.iso.date();

/** All that is kept of a step, sealed as a whole. Dates are the member's local days. */
export const stepSchema = z.object({
  words: z.string(),
  by: z.optional(date).describe('the day by which they want it'),
  remind: z.optional(date).describe('the day on which they want a nudge'),
  reminded: z.optional(date).describe('when they last had one'),
  done: z.optional(date).describe('the day on which they said that it is done'),
});

const goalSchema = stepSchema.extend({
  area: z.optional(z.enum(AREAS)).describe('the part of life that it is about'),
  /** Mentors for whose eyes it is, by id, while a consent holds. */
  shownTo: z.array(z.uuid()).default([]),
});
/** What an export tells of a goal. */
export const goalShown = goalSchema.omit({ shownTo: true }).extend({ isShown: IS_SHOWN });

export type StepDetails = z.infer<typeof stepSchema>;
export type GoalDetails = z.infer<typeof goalSchema>;

interface Sealed {
  readonly id: string;
  readonly details: Uint8Array;
}

const goalBinding = (id: string): SealedAt => `Goal.details:${id}`;
const stepBinding = (id: string): SealedAt => `GoalStep.details:${id}`;

export const sealGoal = (cipher: Cipher, id: string, details: GoalDetails): Uint8Array<ArrayBuffer> =>
  cipher.seal(JSON.stringify(details), goalBinding(id));
export const openGoal = (cipher: Cipher, { id, details }: Sealed): GoalDetails =>
  goalSchema.parse(JSON.parse(cipher.open(details, goalBinding(id))));

export const sealStep = (cipher: Cipher, id: string, details: StepDetails): Uint8Array<ArrayBuffer> =>
  cipher.seal(JSON.stringify(details), stepBinding(id));
export const openStep = (cipher: Cipher, { id, details }: Sealed): StepDetails =>
  stepSchema.parse(JSON.parse(cipher.open(details, stepBinding(id))));
