import { type AnyCommand, type Block, type Button, param, type Reply, type Tap, worded } from '../src/chat/index.js';
import { askedBy } from '../src/core/checkins/asked.js';
import {
  type OwnTemplate,
  ownTemplate,
  ownTemplates,
  publishTemplate,
  retireShared,
  retireTemplate,
  saveTemplate,
} from '../src/core/checkins/templates/own.js';
import { TEMPLATE_LIMITS, templateById } from '../src/core/checkins/templates.js';
import { answerTap } from './checkin-answer.js';
import { TEMPLATE_NAMES, templateParam } from './checkin-words.js';
import { type AppCtx, defineCommand, defineUnheldCommand, tapped } from './define.js';

/** What the reader may do with questions of their own, or with those that facilitators published. */
function ownButtons(ctx: AppCtx, { id, whose, isRetired }: OwnTemplate): Button<Tap>[] {
  const act = (sub: string): Tap => ({ path: ['checkin', sub], input: { template: id }, does: 'edit' });
  if (isRetired) return [];
  return whose === 'mine'
    ? [
        { label: ctx.t('questions.publish'), act: act('publish') },
        { label: ctx.t('questions.remove'), act: act('retire') },
      ]
    : [{ label: ctx.t('questions.withdraw'), act: act('withdraw') }];
}

/** One template: what it asks, and what can be done with it. */
async function oneReply(ctx: AppCtx, template: string, done?: string): Promise<Reply> {
  const { title, questions } = await askedBy(ctx, template);
  const isBuiltIn = TEMPLATE_NAMES.includes(template);
  const own = isBuiltIn ? undefined : await ownTemplate(ctx.scope, template);
  const about = templateById(template)?.about;
  const note = own ? ctx.t(`questions.whose.${own.whose}`) : about && ctx.t(about);
  return {
    summary: title,
    blocks: [
      ...(done === undefined ? [] : [{ kind: 'text' as const, text: done }]),
      { kind: 'heading', text: title },
      ...(note ? [{ kind: 'note' as const, text: note }] : []),
      { kind: 'list', items: questions.map(({ ask }) => ask) },
      {
        kind: 'buttons',
        buttons: [
          { label: ctx.t('checkin.checkInNow'), style: 'primary', act: answerTap(template) },
          {
            label: ctx.t('questions.schedule'),
            act: { path: ['checkin', 'schedule'], input: { own: template }, does: 'form' },
          },
          ...(own ? ownButtons(ctx, own) : []),
        ],
      },
    ],
  };
}

async function choose(ctx: AppCtx): Promise<Block<Tap>> {
  const own = (await ownTemplates(ctx.scope)).filter(({ isRetired }) => !isRetired);
  const builtIn = TEMPLATE_NAMES.map(async (value) => ({ value, label: (await askedBy(ctx, value)).title }));
  return {
    kind: 'select',
    placeholder: ctx.t('questions.choose'),
    act: { path: ['checkin', 'questions'] },
    param: 'template',
    // A list on Discord holds 25.
    options: [...(await Promise.all(builtIn)), ...own.map(({ id, title }) => ({ value: id, label: title }))].slice(0, 25),
  };
}

async function listReply(ctx: AppCtx, done?: string): Promise<Reply> {
  return {
    summary: ctx.t('questions.all'),
    blocks: [
      { kind: 'heading', text: ctx.t('questions.all') },
      ...(done === undefined ? [] : [{ kind: 'text' as const, text: done }]),
      { kind: 'text', text: ctx.t('questions.about') },
      await choose(ctx),
      {
        kind: 'buttons',
        buttons: [{ label: ctx.t('questions.write'), act: { path: ['checkin', 'write'], does: 'form' } }],
      },
    ],
  };
}

const checkInTemplate = defineCommand({
  path: ['checkin', 'template'],
  role: 'anyone',
  reply: 'private',
  params: { template: templateParam },
  run: ({ template }, ctx) => (template === undefined ? listReply(ctx) : oneReply(ctx, template)),
});

/** What was picked from the list. */
const checkInQuestions = defineCommand({
  path: ['checkin', 'questions'],
  ...tapped,
  params: { template: param.ref({ required: true }) },
  run: ({ template }, ctx) => oneReply(ctx, template),
});

const checkInWrite = defineCommand({
  path: ['checkin', 'write'],
  ...tapped,
  form: 'always',
  title: 'questions.own',
  params: {
    title: worded(param.text({ shown: 'own', required: true, max: TEMPLATE_LIMITS.title }), {
      label: 'questions.form.title',
      help: 'questions.form.titleHelp',
    }),
    questions: worded(param.long({ shown: 'own', required: true, max: 400 }), {
      label: 'questions.form.questions',
      help: 'questions.form.questionsHelp',
    }),
  },
  async run({ title, questions }, ctx) {
    return oneReply(ctx, await saveTemplate(ctx.scope, { title, questions }), ctx.t('questions.saved'));
  },
});

const named = {
  role: 'anyone' as const,
  reply: 'private' as const,
  hidden: true,
  params: { template: param.ref({ required: true }) },
};

const checkInRetire = defineCommand({
  ...named,
  path: ['checkin', 'retire'],
  async run({ template }, ctx) {
    await retireTemplate(ctx.scope, template);
    return listReply(ctx, ctx.t('questions.removed'));
  },
});

const checkInPublish = defineCommand({
  ...named,
  path: ['checkin', 'publish'],
  role: 'facilitator',
  async run({ template }, ctx) {
    return oneReply(ctx, await publishTemplate(ctx.scope, template), ctx.t('questions.published'));
  },
});

const checkInWithdraw = defineUnheldCommand({
  ...named,
  path: ['checkin', 'withdraw'],
  role: 'facilitator',
  async run({ template }, ctx) {
    await retireShared(ctx.scope, template);
    return listReply(ctx, ctx.t('questions.withdrawn'));
  },
});

export const templateCommands: readonly AnyCommand[] = [
  checkInTemplate,
  checkInWrite,
  checkInQuestions,
  checkInRetire,
  checkInPublish,
  checkInWithdraw,
];
