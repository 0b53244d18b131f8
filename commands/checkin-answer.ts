import { askButton } from '../src/cards/someone-now.js';
import {
  type AnyCommand,
  type Block,
  type Button,
  type Param,
  type Params,
  param,
  type Reply,
  type Span,
  type Tap,
  UserError,
  worded,
} from '../src/chat/index.js';
import { type Answers, QUICK } from '../src/core/checkins/answers.js';
import { type Asked, askedBy, factsOf } from '../src/core/checkins/asked.js';
import { putPromptAside } from '../src/core/checkins/prompts/put-aside.js';
import { snoozePrompt } from '../src/core/checkins/prompts/snooze.js';
import { recordCheckIn } from '../src/core/checkins/record.js';
import { SNOOZES } from '../src/core/checkins/snooze.js';
import { answersTo, asksForHelp } from '../src/core/checkins/template-answers.js';
import { answeredBy } from '../src/core/checkins/templates/answering.js';
import { type Question, TEMPLATE_LIMITS, TEMPLATES, type Template, templateById } from '../src/core/checkins/templates.js';
import { myRequest } from '../src/core/support/now/mine.js';
import type { Key } from '../src/words/index.js';
import { crisisNote } from './checkin-words.js';
import { type AppCtx, defineCommand, tapped } from './define.js';
import { said } from './said.js';
import { offer, otherWays } from './support-offer.js';

/** Opens the questions of a template, for a prompt or without one. */
export function answerTap(template: string, prompt?: string): Tap {
  const { sub, form } = answeredBy(template);
  const input = { ...(!form && { template }), ...(prompt !== undefined && { prompt }) };
  return { path: ['checkin', sub], input, ...(form && { does: 'form' }) };
}

/** The support path, at once: a person here, and the local lines. */
async function helpBlocks(ctx: AppCtx): Promise<readonly Block<Tap>[]> {
  const mine = await myRequest(ctx.scope);
  const way = mine ? [{ kind: 'buttons' as const, buttons: [askButton(ctx, 'primary')] }] : (await offer(ctx)).blocks;
  return [...way, ...(await otherWays(ctx))];
}

/** Said after a check-in was saved. */
export async function savedReply(ctx: AppCtx, asked: Asked, answers: Answers, wantsHelp: boolean): Promise<Reply> {
  const facts = factsOf(ctx, asked, answers);
  const needs = (answers.halt ?? []).map((name) => ctx.t(`checkin.needs.${name}`));
  return {
    summary: ctx.t('checkin.saved'),
    blocks: [
      { kind: 'text', text: ctx.t(facts.length > 0 ? 'checkin.saved' : 'checkin.savedEmpty') },
      ...(facts.length > 0 ? [{ kind: 'facts' as const, facts }] : []),
      ...(needs.length > 0 ? [{ kind: 'list' as const, items: needs }] : []),
      { kind: 'note', text: ctx.t('checkin.whoSees') },
      ...(wantsHelp ? await helpBlocks(ctx) : [crisisNote(ctx)]),
      { kind: 'buttons', buttons: [{ label: ctx.t('checkin.seeHistory'), act: { path: ['checkin', 'history'] } }] },
    ],
  };
}

function paramOf(question: Question<Key>): Param {
  const { kind, ask, hint, choices = [] } = question;
  const values = choices.map(({ value }) => value) as [string, ...string[]];
  const labels = Object.fromEntries(choices.map(({ value, label }) => [value, label]));
  const words = { label: ask, ...(hint && { help: hint }), ...(choices.length > 0 && { choices: labels }) };
  const asked: Readonly<Record<typeof kind, () => Param>> = {
    scale: () => param.int({ min: 0, max: 10 }),
    choice: () => param.choice(values, {}),
    choices: () => param.choices(values, {}),
    'yes-no': () => param.bool({}),
    line: () => param.text({ shown: 'own', max: TEMPLATE_LIMITS.line }),
    long: () => param.long({ shown: 'own', max: TEMPLATE_LIMITS.long }),
  };
  return worded(asked[kind](), words);
}

const given = (args: Readonly<Record<string, unknown>>): Answers =>
  Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined)) as Answers;

/** One form for each built-in template, so that it can be opened without I/O. */
function answerForm(template: Template<Key>): AnyCommand {
  const questions: Params = Object.fromEntries(template.questions.map((question) => [question.id, paramOf(question)]));
  return defineCommand<Params>({
    path: ['checkin', `answer-${template.id}`],
    role: 'anyone',
    reply: 'private',
    hidden: true,
    form: 'always',
    title: template.title,
    params: { ...questions, prompt: param.ref({}) },
    async run({ prompt, ...args }, ctx) {
      const answers = answersTo(template).parse(given(args)) as Answers;
      await recordCheckIn(ctx.scope, answers, {
        attempt: ctx.attempt,
        template: template.id,
        ...(typeof prompt === 'string' && { promptId: prompt }),
      });
      return savedReply(ctx, await askedBy(ctx, template.id), answers, asksForHelp(template, answers));
    },
  });
}

const OWN_LABELS = ['questions.first', 'questions.second', 'questions.third', 'questions.fourth', 'questions.fifth'] as const;

/** Somebody's own questions are known to the database only, so there is a form for each number of them. */
function ownForm(count: number): AnyCommand {
  const ids = OWN_LABELS.slice(0, count).map((label, i) => [`q${i + 1}`, label] as const);
  const questions = Object.fromEntries(
    ids.map(([id, label]) => [id, worded(param.long({ shown: 'own', max: TEMPLATE_LIMITS.long }), { label })]),
  );
  return defineCommand<Params>({
    path: ['checkin', `answer-own-${count}`],
    role: 'anyone',
    reply: 'private',
    hidden: true,
    form: 'always',
    title: 'questions.own',
    params: { ...questions, prompt: param.ref({}), template: param.ref({ required: true }) },
    async run({ prompt, template, ...args }, ctx) {
      const answers = given(args);
      const asked = await askedBy(ctx, String(template));
      const from = { template: String(template), ...(typeof prompt === 'string' && { promptId: prompt }) };
      await recordCheckIn(ctx.scope, answers, { attempt: ctx.attempt, ...from });
      return savedReply(ctx, asked, answers, false);
    },
  });
}

/** The choices of a question that is answered by one tap. */
function tapButtons(ctx: AppCtx, template: Template<Key>, prompt: string | undefined): Button<Tap>[] {
  return (template.questions[0]?.choices ?? []).map(({ value, label }) => ({
    label: ctx.t(label),
    act: { path: ['checkin', 'tap'], input: { template: template.id, answer: value, prompt }, does: 'edit' },
  }));
}

/** Shows the questions first: they are answered by a tap, or their form cannot be drawn without having been shown. */
export const checkInAsk = defineCommand({
  path: ['checkin', 'ask'],
  ...tapped,
  params: { template: param.ref({ required: true }), prompt: param.ref({}) },
  async run({ template, prompt }, ctx) {
    const asked = await askedBy(ctx, template);
    const known = templateById(template);
    if (known?.oneTap) {
      const ask = asked.questions[0]?.ask ?? asked.title;
      return {
        summary: ask,
        blocks: [
          { kind: 'text', text: ask },
          { kind: 'note', text: ctx.t('checkin.whoSees') },
          { kind: 'buttons', buttons: tapButtons(ctx, known, prompt) },
        ],
      };
    }
    const act: Tap = {
      path: ['checkin', `answer-own-${asked.questions.length}`],
      input: { template, prompt },
      does: 'form',
      asks: Object.fromEntries(asked.questions.map(({ id, ask }) => [id, ask])),
    };
    return {
      summary: ctx.t('prompt.opened'),
      blocks: [
        { kind: 'heading', text: asked.title },
        { kind: 'list', items: asked.questions.map(({ ask }, i) => `${i + 1}. ${ask}`) },
        { kind: 'note', text: ctx.t('questions.skippable') },
        { kind: 'buttons', buttons: [{ label: ctx.t('questions.answer'), style: 'primary', act }] },
      ],
    };
  },
});

export const checkInTap = defineCommand({
  path: ['checkin', 'tap'],
  ...tapped,
  params: { template: param.ref({ required: true }), answer: param.ref({ required: true }), prompt: param.ref({}) },
  async run({ template: id, answer, prompt }, ctx) {
    const template = templateById(id);
    const question = template?.questions[0];
    if (!template || !question) throw new UserError('questions.gone');
    const answers = answersTo(template).parse({ [question.id]: answer }) as Answers;
    await recordCheckIn(ctx.scope, answers, {
      attempt: ctx.attempt,
      template: id,
      ...(prompt !== undefined && { promptId: prompt }),
    });
    return savedReply(ctx, await askedBy(ctx, id), answers, asksForHelp(template, answers));
  },
});

export const checkInLater = defineCommand({
  path: ['checkin', 'later'],
  ...tapped,
  params: { prompt: param.ref({ required: true }), snooze: param.ref({ required: true }) },
  async run({ prompt, snooze: name }, ctx) {
    const snooze = SNOOZES.find((known) => known === name);
    if (!snooze) throw new UserError('prompt.gone');
    const time = await snoozePrompt(ctx.scope, prompt, snooze);
    const when: Span & object = { time, style: 'time', zone: ctx.scope.member.zone };
    const summary = ctx.t('prompt.putOff');
    return { summary, blocks: [{ kind: 'text', text: ctx.rich<Span & object>('prompt.again', { when }) }] };
  },
});

export const checkInSkip = defineCommand({
  path: ['checkin', 'skip'],
  ...tapped,
  params: { prompt: param.ref({ required: true }) },
  async run({ prompt }, ctx) {
    await putPromptAside(ctx.scope, prompt);
    return said(ctx.t('prompt.skipped'));
  },
});

export const answerCommands: readonly AnyCommand[] = [
  checkInAsk,
  checkInTap,
  checkInLater,
  checkInSkip,
  ...TEMPLATES.filter(({ oneTap }) => !oneTap).map(answerForm),
  ...OWN_LABELS.map((_, i) => ownForm(i + 1)),
];

/** `/checkin now template:halt` opens that form at once. */
export const forwardNow: NonNullable<AnyCommand['forward']> = ({ template, ...input }) => {
  const name = typeof template === 'string' ? template.trim().toLowerCase() : '';
  if (name === QUICK) return { path: ['checkin', 'now'], input };
  const known = templateById(name);
  return (
    known && { path: ['checkin', answeredBy(name).sub], input: answeredBy(name).form ? input : { ...input, template: name } }
  );
};
