import { z } from 'zod';
import { TEMPLATE_LIMITS, templateById } from './templates.js';

const words = (most: number) => z.string().trim().min(1).max(most);
const name = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/u);
const isDistinct = (items: readonly string[]) => new Set(items).size === items.length;

const ownChoice = z.object({ value: name, label: words(TEMPLATE_LIMITS.label), asksForHelp: z.literal(true).optional() });

const ownQuestion = z
  .object({
    id: name,
    kind: z.enum(['scale', 'choice', 'choices', 'yes-no', 'line', 'long']),
    ask: words(TEMPLATE_LIMITS.ask),
    hint: words(TEMPLATE_LIMITS.hint).optional(),
    choices: z
      .array(ownChoice)
      .min(2)
      .max(TEMPLATE_LIMITS.choices)
      .refine((choices) => isDistinct(choices.map(({ value }) => value)))
      .optional(),
  })
  .refine(({ kind, choices }) => (kind === 'choice' || kind === 'choices') === (choices !== undefined));

/** Questions of a member's own, and templates that facilitators publish for their community. */
export const ownTemplateSchema = z.object({
  id: name.refine((id) => templateById(id) === undefined),
  style: z.enum(['any', 'smart', 'twelve-step']).default('any'),
  title: words(TEMPLATE_LIMITS.title),
  about: words(TEMPLATE_LIMITS.about),
  questions: z
    .array(ownQuestion)
    .min(1)
    .max(TEMPLATE_LIMITS.questions)
    .refine((questions) => isDistinct(questions.map(({ id }) => id))),
});
