import { z } from 'zod';

/** The member; every other `who` is a recipient's id. */
export const ME = 'me';

export const PLAN_LIMITS = { steps: 5, recipients: 3, missed: 14, waitMinutes: 7 * 24 * 60, words: 500 } as const;

const stepSchema = z.object({
  /** How many prompts in a row went unanswered. */
  afterMissed: z.int().min(1).max(PLAN_LIMITS.missed),
  /** How long after the window of the last of them closed. */
  waitMinutes: z.int().min(0).max(PLAN_LIMITS.waitMinutes),
  who: z.string().min(1).max(64),
  /** Exactly what is said, and all that is said. */
  words: z.string().trim().min(1).max(PLAN_LIMITS.words),
});

const recipientsIn = (steps: readonly { readonly who: string }[]): string[] => [
  ...new Set(steps.map(({ who }) => who).filter((who) => who !== ME)),
];

/** What a member wants to happen when they go quiet. No step: nobody is told anything, which is the default. */
export const planSchema = z.object({
  steps: z
    .array(stepSchema)
    .max(PLAN_LIMITS.steps)
    .refine((steps) => recipientsIn(steps).length <= PLAN_LIMITS.recipients)
    .refine((steps) => new Set(steps.map((step) => `${step.afterMissed} ${step.waitMinutes} ${step.who}`)).size === steps.length),
});

export type Step = z.infer<typeof stepSchema>;
export type Plan = z.infer<typeof planSchema>;

export const NO_PLAN: Plan = { steps: [] };

/** Everybody but the member whom a plan may tell something. */
export const recipientsOf = (plan: Plan): string[] => recipientsIn(plan.steps);

/** What one of them agreed to be told, and when: a change of it needs their agreement anew. */
export const agreedWith = (plan: Plan, who: string): string =>
  JSON.stringify(
    plan.steps
      .filter((step) => step.who === who)
      .map((step) => [step.afterMissed, step.waitMinutes, step.words])
      .sort(),
  );
