import type { Key } from '../../words/index.js';
import { HALT } from './answers.js';

/**
 * What a check-in asks, as data. `T` is how its words are given: keys of the catalogue in the ones that come with the program,
 * words themselves in those that members and facilitators write, and in all once a language is known.
 *
 * None is a clinical instrument, nothing is scored, and every question can be skipped (docs/decisions/check-in-templates.md).
 */
export interface Template<T> {
  readonly id: string;
  /** Whose way of working it follows; `any` for most. Every pathway is equally valid. */
  readonly style: 'any' | 'smart' | 'twelve-step';
  /** At most 24 characters: it is the title of a form. */
  readonly title: T;
  /** At most 100 characters. */
  readonly about: T;
  readonly questions: readonly Question<T>[];
  /** Its one question is answered by a tap on the prompt itself. */
  readonly oneTap?: true;
}

export interface Question<T> {
  /** Stable: answers are kept under it, and the same id means the same question in every template. */
  readonly id: string;
  /** `scale` 0 to 10, `choice` one of them, `choices` any of them, `line` 200 characters, `long` 1,000. */
  readonly kind: 'scale' | 'choice' | 'choices' | 'yes-no' | 'line' | 'long';
  /** At most 45 characters. */
  readonly ask: T;
  /** At most 100 characters; on a scale, what its ends mean. */
  readonly hint?: T;
  readonly choices?: readonly Choice<T>[];
}

export interface Choice<T> {
  readonly value: string;
  /** At most 75 characters. */
  readonly label: T;
  /** Who chooses it asks for a person: the support path opens at once. */
  readonly asksForHelp?: true;
}

export const TEMPLATE_LIMITS = {
  questions: 5,
  choices: 10,
  title: 24,
  about: 100,
  ask: 45,
  hint: 100,
  label: 75,
  line: 200,
  long: 1000,
} as const;

const mood: Question<Key> = { id: 'mood', kind: 'scale', ask: 'templates.mood.ask', hint: 'templates.mood.hint' };
const craving: Question<Key> = { id: 'craving', kind: 'scale', ask: 'templates.craving.ask', hint: 'templates.craving.hint' };
const note: Question<Key> = { id: 'note', kind: 'long', ask: 'templates.note.ask' };
const gratitude: Question<Key> = { id: 'gratitude', kind: 'long', ask: 'templates.gratitude.ask' };

/** The templates that come with the program, in the order in which they are offered. */
export const TEMPLATES: readonly Template<Key>[] = [
  {
    id: 'one-tap',
    style: 'any',
    title: 'templates.oneTap.title',
    about: 'templates.oneTap.about',
    oneTap: true,
    questions: [
      {
        id: 'okay',
        kind: 'choice',
        ask: 'templates.oneTap.ask',
        choices: [
          { value: 'okay', label: 'templates.oneTap.okay' },
          { value: 'not-great', label: 'templates.oneTap.notGreat' },
          { value: 'need-someone', label: 'templates.oneTap.needSomeone', asksForHelp: true },
        ],
      },
    ],
  },
  {
    id: 'mood-craving',
    style: 'any',
    title: 'templates.moodCraving.title',
    about: 'templates.moodCraving.about',
    questions: [mood, craving, note],
  },
  {
    id: 'halt',
    style: 'any',
    title: 'templates.halt.title',
    about: 'templates.halt.about',
    questions: [
      {
        id: 'halt',
        kind: 'choices',
        ask: 'templates.halt.ask',
        choices: HALT.map((value) => ({ value, label: `checkin.feelings.${value}` as const })),
      },
      note,
    ],
  },
  {
    id: 'morning',
    style: 'any',
    title: 'templates.morning.title',
    about: 'templates.morning.about',
    questions: [
      mood,
      { id: 'intention', kind: 'line', ask: 'templates.morning.intention', hint: 'templates.morning.intentionHint' },
      { id: 'support', kind: 'line', ask: 'templates.morning.support', hint: 'templates.morning.supportHint' },
    ],
  },
  {
    id: 'evening',
    style: 'any',
    title: 'templates.evening.title',
    about: 'templates.evening.about',
    questions: [
      { id: 'went-well', kind: 'long', ask: 'templates.evening.wentWell' },
      { id: 'hard', kind: 'long', ask: 'templates.evening.hard' },
      gratitude,
    ],
  },
  {
    id: 'smart',
    style: 'smart',
    title: 'templates.smart.title',
    about: 'templates.smart.about',
    questions: [
      { id: 'urge', kind: 'scale', ask: 'templates.smart.urge', hint: 'templates.smart.urgeHint' },
      { id: 'set-off', kind: 'line', ask: 'templates.smart.setOff' },
      { id: 'response', kind: 'line', ask: 'templates.smart.response', hint: 'templates.smart.responseHint' },
      { id: 'matters', kind: 'yes-no', ask: 'templates.smart.matters' },
      { id: 'next', kind: 'line', ask: 'templates.smart.next' },
    ],
  },
  {
    id: 'twelve-step',
    style: 'twelve-step',
    title: 'templates.steps.title',
    about: 'templates.steps.about',
    questions: [
      { id: 'reached-out', kind: 'yes-no', ask: 'templates.steps.reachedOut' },
      { id: 'weighs', kind: 'long', ask: 'templates.steps.weighs', hint: 'templates.steps.weighsHint' },
      { id: 'put-right', kind: 'line', ask: 'templates.steps.putRight' },
      { id: 'for-others', kind: 'line', ask: 'templates.steps.forOthers' },
      gratitude,
    ],
  },
];

export const templateById = (id: string): Template<Key> | undefined => TEMPLATES.find((template) => template.id === id);

/** A template with its words in one language. */
export function wordTemplate(template: Template<Key>, t: (key: Key) => string): Template<string> {
  const question = ({ ask, hint, choices, ...rest }: Question<Key>): Question<string> => ({
    ...rest,
    ask: t(ask),
    ...(hint && { hint: t(hint) }),
    ...(choices && { choices: choices.map((choice) => ({ ...choice, label: t(choice.label) })) }),
  });
  return { ...template, title: t(template.title), about: t(template.about), questions: template.questions.map(question) };
}
