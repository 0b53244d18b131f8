import { ownTemplateSchema } from '../../../src/core/checkins/own-template.js';
import { answersTo, asksForHelp } from '../../../src/core/checkins/template-answers.js';
import {
  type Question,
  TEMPLATE_LIMITS,
  TEMPLATES,
  type Template,
  templateById,
  wordTemplate,
} from '../../../src/core/checkins/templates.js';
import { type Key, languages, wordsFor } from '../../../src/words/index.js';

const template = (id: string): Template<Key> => {
  const found = templateById(id);
  if (!found) throw new Error(`No template is called ${id}.`);
  return found;
};

test('there is one for every occasion that was promised', () => {
  expect(TEMPLATES.map(({ id }) => id)).toEqual([
    'one-tap',
    'mood-craving',
    'halt',
    'morning',
    'evening',
    'smart',
    'twelve-step',
  ]);
});

test.each(languages)('in %s, every word fits where it is shown', (language) => {
  const words = wordsFor(language);
  for (const each of TEMPLATES) {
    const { title, about, questions } = wordTemplate(each, (key) => words.t(key));
    expect([title, title.length <= TEMPLATE_LIMITS.title]).toEqual([title, true]);
    expect([about, about.length <= TEMPLATE_LIMITS.about]).toEqual([about, true]);
    expect(questions.length).toBeLessThanOrEqual(TEMPLATE_LIMITS.questions);
    for (const { ask, hint = '', choices = [] } of questions) {
      expect([ask, ask.length <= TEMPLATE_LIMITS.ask]).toEqual([ask, true]);
      expect([hint, hint.length <= TEMPLATE_LIMITS.hint]).toEqual([hint, true]);
      for (const { label } of choices) expect([label, label.length <= TEMPLATE_LIMITS.label]).toEqual([label, true]);
    }
  }
});

test('the same id asks the same everywhere, so that answers can be laid side by side', () => {
  const byId = new Map<string, Question<Key>>();
  for (const question of TEMPLATES.flatMap(({ questions }) => questions)) {
    expect(byId.get(question.id) ?? question).toEqual(question);
    byId.set(question.id, question);
  }
});

test('everything can be skipped, and nothing is taken that was not asked', () => {
  for (const each of TEMPLATES) {
    expect(answersTo(each).safeParse({}).success).toBe(true);
    expect(answersTo(each).safeParse({ stranger: 1 }).success).toBe(false);
  }
  const answers = answersTo(template('mood-craving'));
  expect(answers.safeParse({ mood: 7, note: ' slept ' }).data).toEqual({ mood: 7, note: 'slept' });
  expect(answers.safeParse({ mood: 11 }).success).toBe(false);
  expect(answersTo(template('halt')).safeParse({ halt: ['hungry', 'tired'] }).success).toBe(true);
  expect(answersTo(template('halt')).safeParse({ halt: ['bored'] }).success).toBe(false);
  expect(answersTo(template('twelve-step')).safeParse({ 'reached-out': true }).success).toBe(true);
});

test('only who says so asks for help', () => {
  const oneTap = template('one-tap');
  expect(['okay', 'not-great', 'need-someone', undefined].map((okay) => asksForHelp(oneTap, { okay }))).toEqual([
    false,
    false,
    true,
    false,
  ]);
  expect(asksForHelp(template('mood-craving'), { mood: 0, craving: 10, note: 'help' })).toBe(false);
});

describe("a template of one's own", () => {
  const question = { id: 'q1', kind: 'line', ask: 'Did I drink water?' };
  const own = { id: 'mine', title: 'Mine', about: 'My own questions.', questions: [question] };
  const fits = (change: object) => ownTemplateSchema.safeParse({ ...own, ...change }).success;

  test('has one to five questions that can be answered', () => {
    expect(fits({})).toBe(true);
    expect(fits({ questions: [] })).toBe(false);
    expect(fits({ questions: Array.from({ length: 5 }, (_, i) => ({ ...question, id: `q${i}` })) })).toBe(true);
    expect(fits({ questions: Array.from({ length: 6 }, (_, i) => ({ ...question, id: `q${i}` })) })).toBe(false);
    expect(fits({ questions: [question, question] })).toBe(false);
    expect(fits({ questions: [{ ...question, kind: 'choice' }] })).toBe(false);
    expect(fits({ questions: [{ ...question, ask: 'x'.repeat(46) }] })).toBe(false);
    expect(fits({ id: 'halt' })).toBe(false);
    const choices = [
      { value: 'yes', label: 'Yes' },
      { value: 'call', label: 'Please call me', asksForHelp: true },
    ];
    expect(fits({ questions: [{ ...question, kind: 'choices', choices }] })).toBe(true);
  });

  test('is answered and read as those that come with the program', () => {
    const made = ownTemplateSchema.parse({
      ...own,
      questions: [
        question,
        {
          id: 'q2',
          kind: 'choices',
          ask: 'Today',
          choices: [
            { value: 'fine', label: 'Fine' },
            { value: 'call', label: 'Please call me', asksForHelp: true },
          ],
        },
      ],
    });
    const answers = answersTo(made).parse({ q1: 'yes', q2: ['fine', 'call'] });
    expect(asksForHelp(made, answers)).toBe(true);
    expect(asksForHelp(made, { q2: ['fine'] })).toBe(false);
  });
});
