import { z } from 'zod';
import { type Question, TEMPLATE_LIMITS, type Template } from './templates.js';

function answerSchema<T>({ kind, choices = [] }: Question<T>): z.ZodType {
  const values = choices.map(({ value }) => value);
  switch (kind) {
    case 'scale':
      return z.int().min(0).max(10);
    case 'choice':
      return z.enum(values);
    case 'choices':
      return z.array(z.enum(values)).refine((given) => new Set(given).size === given.length);
    case 'yes-no':
      return z.boolean();
    case 'line':
      return z.string().trim().max(TEMPLATE_LIMITS.line);
    case 'long':
      return z.string().trim().max(TEMPLATE_LIMITS.long);
  }
}

/** Answers by the id of their question. Every one may be left out; nothing that was not asked is taken. */
export const answersTo = <T>({ questions }: Template<T>) =>
  z.strictObject(Object.fromEntries(questions.map((question) => [question.id, answerSchema(question).optional()])));

export type TemplateAnswers = Readonly<Record<string, unknown>>;

/** Whether somebody said, in so many words that were offered for it, that they want a person. Nothing else is read into answers. */
export const asksForHelp = <T>({ questions }: Template<T>, answers: TemplateAnswers): boolean =>
  questions.some(({ id, choices = [] }) => {
    const given = [answers[id]].flat();
    return choices.some((choice) => choice.asksForHelp === true && given.includes(choice.value));
  });
