import { type Block, param, type Span, type Tap, type Text, worded } from '../src/chat/index.js';
import { type Answers, HALT, QUICK } from '../src/core/checkins/answers.js';
import { ownTemplate } from '../src/core/checkins/templates/own.js';
import { type Question, TEMPLATES, templateById, wordTemplate } from '../src/core/checkins/templates.js';
import type { AppCtx } from './define.js';

/** What a check-in asks, in the reader's language; `quick` is the one of `/checkin now`. */
export interface Asked {
  readonly title: string;
  readonly questions: readonly Question<string>[];
}

/** The templates that can be named when typing, the plain one first. */
export const TEMPLATE_NAMES = [QUICK, ...TEMPLATES.map(({ id }) => id)] as [string, ...string[]];

/** Names one of them. */
export const templateParam = worded(param.choice(TEMPLATE_NAMES, {}), {
  label: 'questions.param',
  help: 'questions.paramHelp',
  choices: Object.fromEntries([[QUICK, 'questions.quick'] as const, ...TEMPLATES.map(({ id, title }) => [id, title] as const)]),
});

function quick(ctx: Pick<AppCtx, 't'>): Asked {
  return {
    title: ctx.t('questions.quick'),
    questions: [
      { id: 'mood', kind: 'scale', ask: ctx.t('checkin.mood') },
      { id: 'craving', kind: 'scale', ask: ctx.t('checkin.craving') },
      {
        id: 'halt',
        kind: 'choices',
        ask: ctx.t('checkin.halt'),
        choices: HALT.map((value) => ({ value, label: ctx.t(`checkin.feelings.${value}`) })),
      },
      { id: 'note', kind: 'long', ask: ctx.t('checkin.note') },
    ],
  };
}

/** The questions of a template, built in or somebody's own. @throws UserError when it is gone */
export async function askedBy(ctx: AppCtx, template: string): Promise<Asked> {
  if (template === QUICK) return quick(ctx);
  const known = templateById(template);
  if (known) return wordTemplate(known, ctx.t);
  const { title, questions } = await ownTemplate(ctx.scope, template);
  return { title, questions: questions.map(({ id, ask }) => ({ id, ask, kind: 'long' })) };
}

function shown(ctx: Pick<AppCtx, 't'>, { kind, choices = [] }: Question<string>, answer: Answers[string]): Text | undefined {
  if (answer === undefined || answer === '' || (Array.isArray(answer) && answer.length === 0)) return undefined;
  if (kind === 'scale') return ctx.t('checkin.ofTen', { value: Number(answer) });
  if (typeof answer === 'boolean') return ctx.t(answer ? 'chat.yes' : 'chat.no');
  const labelOf = (value: string) => choices.find((choice) => choice.value === value)?.label ?? value;
  return [answer].flat().map(String).map(labelOf).join(', ');
}

/** What somebody said, in words, for that person alone. */
export const factsOf = (ctx: Pick<AppCtx, 't'>, { questions }: Asked, answers: Answers): { label: string; value: Text }[] =>
  questions.flatMap((question) => {
    const value = shown(ctx, question, answers[question.id]);
    return value === undefined ? [] : [{ label: question.ask, value }];
  });

export const crisisNote = (ctx: AppCtx): Block<Tap> => ({
  kind: 'note',
  text: ctx.rich<Span & object>('checkin.support', { crisis: { command: ['crisis'] } }),
});
