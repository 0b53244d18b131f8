import type { Words } from '../../words/index.js';
import type { Scope } from '../scope.js';
import { type Answers, HALT, QUICK } from './answers.js';
import { ownTemplate } from './templates/own.js';
import { type Question, templateById, wordTemplate } from './templates.js';

/** What a check-in asks, in the reader's language; `quick` is the one of `/checkin now`. */
export interface Asked {
  readonly title: string;
  readonly questions: readonly Question<string>[];
}

type Say = Pick<Words, 't'>;

function quick({ t }: Say): Asked {
  return {
    title: t('questions.quick'),
    questions: [
      { id: 'mood', kind: 'scale', ask: t('checkin.mood') },
      { id: 'craving', kind: 'scale', ask: t('checkin.craving') },
      {
        id: 'halt',
        kind: 'choices',
        ask: t('checkin.halt'),
        choices: HALT.map((value) => ({ value, label: t(`checkin.feelings.${value}`) })),
      },
      { id: 'note', kind: 'long', ask: t('checkin.note') },
    ],
  };
}

/** The questions of a template, built in or somebody's own. @throws UserError when it is gone */
export async function askedBy(by: Say & { readonly scope: Scope }, template: string): Promise<Asked> {
  if (template === QUICK) return quick(by);
  const known = templateById(template);
  if (known) return wordTemplate(known, by.t);
  const { title, questions } = await ownTemplate(by.scope, template);
  return { title, questions: questions.map(({ id, ask }) => ({ id, ask, kind: 'long' })) };
}

function shown({ t }: Say, { kind, choices = [] }: Question<string>, answer: Answers[string]): string | undefined {
  if (answer === undefined || answer === '' || (Array.isArray(answer) && answer.length === 0)) return undefined;
  if (kind === 'scale') return t('checkin.ofTen', { value: Number(answer) });
  if (typeof answer === 'boolean') return t(answer ? 'chat.yes' : 'chat.no');
  const labelOf = (value: string) => choices.find((choice) => choice.value === value)?.label ?? value;
  return [answer].flat().map(String).map(labelOf).join(', ');
}

/** What somebody said, in words, for that person alone. */
export const factsOf = (words: Say, { questions }: Asked, answers: Answers): { label: string; value: string }[] =>
  questions.flatMap((question) => {
    const value = shown(words, question, answers[question.id]);
    return value === undefined ? [] : [{ label: question.ask, value }];
  });
