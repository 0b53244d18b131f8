import { z } from 'zod';
import { type Block, param, type Reply, type Span, type Tap, type Text, UserError } from '../src/chat/index.js';
import { type Agreed, MOST_STEPS, planOf } from '../src/core/checkins/missed/plan.js';
import { answerRequest, requestsTo } from '../src/core/checkins/missed/recipient.js';
import { checkDraft, type StepDraft, savePlan } from '../src/core/checkins/missed/save.js';
import { withdrawPlan } from '../src/core/checkins/missed/withdraw.js';
import { accountOf } from '../src/core/members/behind.js';
import { type AppCtx, defineCommand, defineUnheldCommand, tapped } from './define.js';
import { said } from './said.js';

/** How long after the missed check-in a step comes, in minutes. */
const WAITS = { now: 0, 'one-hour': 60, 'three-hours': 180, 'half-day': 720, day: 1440, 'two-days': 2880 } as const;
type Wait = keyof typeof WAITS;
const WAIT_NAMES = Object.keys(WAITS) as [Wait, ...Wait[]];

const MOST_WORDS = 500;
/** Four steps as JSON, with every character escaped. */
const DRAFT_SIZE = 16_000;

const drafts = z.array(
  z.object({ afterMissed: z.int(), waitMinutes: z.int(), account: z.string().optional(), words: z.string() }),
);

function readDraft(draft: string | undefined): StepDraft[] {
  if (draft === undefined) return [];
  return drafts.parse(JSON.parse(draft)).map(({ account, ...step }) => ({ ...step, ...(account !== undefined && { account }) }));
}

/** The plan as it is, with the accounts of its recipients on this platform; `undefined`: none. */
async function presentPlan(ctx: AppCtx) {
  const steps = await planOf(ctx.scope);
  if (!steps) return undefined;
  return Promise.all(
    steps.map(async ({ recipientId, agreed, ...step }) => {
      const account = recipientId === undefined ? undefined : await accountOf(ctx.scope.db, recipientId, ctx.platform);
      return { ...step, agreed, isForMe: recipientId === undefined, ...(account !== undefined && { account }) };
    }),
  );
}

const waitWords = (ctx: AppCtx, minutes: number): string => {
  const name = WAIT_NAMES.find((one) => WAITS[one] === minutes);
  return name ? ctx.t(`plan.waits.${name}`) : ctx.t('plan.waits.minutes', { minutes });
};

/** A step as its writer reads it: when, who, and the exact words. */
function stepText(
  ctx: AppCtx,
  step: StepDraft & { readonly agreed?: Agreed; readonly isForMe?: boolean },
): { head: Text; words: string } {
  const isForMe = step.isForMe ?? step.account === undefined;
  const who: Span & object = step.account === undefined ? { bold: ctx.t('plan.somebody') } : { mention: step.account };
  const when = { count: step.afterMissed, wait: waitWords(ctx, step.waitMinutes) };
  const head: Span[] = isForMe ? [ctx.t('plan.step.me', when)] : ctx.rich<Span & object>('plan.step.other', { ...when, who });
  const state = step.agreed && step.agreed !== 'me' ? [` (${ctx.t(`plan.agreed.${step.agreed}`)})`] : [];
  return { head: [...head, ...state], words: step.words };
}

const stepBlocks = (ctx: AppCtx, steps: Parameters<typeof stepText>[1][]): Block<Tap>[] =>
  steps.flatMap((step, i): Block<Tap>[] => {
    const { head, words } = stepText(ctx, step);
    return [
      { kind: 'text', text: [{ bold: `${i + 1}. ` }, ...(typeof head === 'string' ? [head] : head)] },
      { kind: 'list', items: [words] },
    ];
  });

const asDraft = (steps: readonly StepDraft[]) => JSON.stringify(steps);

/** The whole plan in full, before anything of it is saved. */
function review(ctx: AppCtx, steps: readonly StepDraft[]): Reply {
  const draft = asDraft(steps);
  const form = (label: string, more: Readonly<Record<string, unknown>> = {}) => ({
    label,
    act: { path: ['checkin', 'plan-step'] as const, input: { draft, ...more }, does: 'form' as const },
  });
  const changes = steps.flatMap(({ afterMissed, waitMinutes, account, words }, i) => [
    form(ctx.t('plan.changeStep', { number: i + 1 }), {
      at: String(i),
      after: afterMissed,
      wait: WAIT_NAMES.find((name) => WAITS[name] === waitMinutes),
      who: account,
      words,
    }),
    ...(steps.length > 1
      ? [
          {
            label: ctx.t('plan.dropStep', { number: i + 1 }),
            act: {
              path: ['checkin', 'plan-review'] as const,
              input: { draft: asDraft(steps.filter((_step, j) => j !== i)) },
              does: 'edit' as const,
            },
          },
        ]
      : []),
  ]);
  const othersAreTold = steps.some(({ account }) => account !== undefined);
  return {
    summary: ctx.t('plan.review'),
    blocks: [
      { kind: 'heading', text: ctx.t('plan.review') },
      ...stepBlocks(ctx, [...steps]),
      { kind: 'note', text: ctx.t(othersAreTold ? 'plan.rulesOthers' : 'plan.rules') },
      {
        kind: 'buttons',
        buttons: [
          {
            label: ctx.t('plan.save'),
            style: 'primary',
            act: { path: ['checkin', 'plan-save'], input: { draft }, does: 'edit' },
          },
          ...(steps.length < MOST_STEPS ? [form(ctx.t('plan.addStep'))] : []),
          { label: ctx.t('plan.cancel'), act: { path: ['checkin', 'plan-cancel'], does: 'edit' } },
        ],
      },
      { kind: 'buttons', buttons: changes },
    ],
  };
}

/** What others asked of this member. */
async function requestBlocks(ctx: AppCtx): Promise<Block<Tap>[]> {
  const requests = await requestsTo(ctx.scope);
  const blocks = await Promise.all(
    requests.map(async ({ planId, authorId, words, agreement, isAccepted }): Promise<Block<Tap>[]> => {
      const account = await accountOf(ctx.scope.db, authorId, ctx.platform);
      const from = account === undefined ? ctx.t('plan.somebody') : { mention: account };
      const act = (say: 'yes' | 'no') => ({
        path: ['checkin', 'plan-answer'] as const,
        input: { plan: planId, say, agreement },
        does: 'edit' as const,
      });
      const yes = { label: ctx.t('plan.asked.yes'), style: 'primary' as const, act: act('yes') };
      return [
        { kind: 'text', text: ctx.rich<Span & object>(isAccepted ? 'plan.hears.agreed' : 'plan.hears.asked', { from }) },
        { kind: 'list', items: words },
        {
          kind: 'buttons',
          buttons: isAccepted
            ? [{ label: ctx.t('plan.stepBack'), act: act('no') }]
            : [yes, { label: ctx.t('plan.asked.no'), act: act('no') }],
        },
      ];
    }),
  );
  return blocks.length > 0 ? [{ kind: 'divider' }, { kind: 'heading', text: ctx.t('plan.hears.title') }, ...blocks.flat()] : [];
}

export const checkInPlan = defineCommand({
  path: ['checkin', 'plan'],
  role: 'anyone',
  reply: 'private',
  params: {},
  async run(_args, ctx) {
    const [steps, requests] = await Promise.all([presentPlan(ctx), requestBlocks(ctx)]);
    const write = (label: string, style?: 'primary'): Extract<Block<Tap>, { kind: 'buttons' }>['buttons'][number] => ({
      label,
      ...(style && { style }),
      act: { path: ['checkin', 'plan-step'], does: 'form' },
    });
    if (!steps)
      return {
        summary: ctx.t('plan.title'),
        blocks: [
          { kind: 'heading', text: ctx.t('plan.title') },
          { kind: 'text', text: ctx.t('plan.none') },
          { kind: 'note', text: ctx.t('plan.silence') },
          { kind: 'buttons', buttons: [write(ctx.t('plan.write'), 'primary')] },
          ...requests,
        ],
      };
    const isWhole = steps.every(({ isForMe, account }) => isForMe || account !== undefined);
    const change = { path: ['checkin', 'plan-review'] as const, does: 'edit' as const };
    const draft = asDraft(steps.map(({ agreed: _agreed, isForMe: _isForMe, ...step }) => step));
    return {
      summary: ctx.t('plan.title'),
      blocks: [
        { kind: 'heading', text: ctx.t('plan.title') },
        ...stepBlocks(ctx, steps),
        { kind: 'note', text: ctx.t('plan.silence') },
        {
          kind: 'buttons',
          buttons: [
            isWhole ? { label: ctx.t('plan.change'), act: { ...change, input: { draft } } } : write(ctx.t('plan.writeAnew')),
            { label: ctx.t('plan.withdraw'), style: 'danger', act: { path: ['checkin', 'plan-withdraw'], does: 'edit' } },
          ],
        },
        ...requests,
      ],
    };
  },
});

export const checkInPlanStep = defineCommand({
  path: ['checkin', 'plan-step'],
  role: 'anyone',
  reply: 'private',
  form: 'always',
  hidden: true,
  params: {
    after: param.int({ required: true, min: 1, max: 14 }),
    who: param.member({}),
    wait: param.choice(WAIT_NAMES, { required: true }),
    words: param.long({ shown: 'others', required: true, max: MOST_WORDS }),
    draft: param.ref({ max: DRAFT_SIZE }),
    at: param.ref({}),
  },
  async run({ after, who, wait, words, draft, at }, ctx) {
    const step: StepDraft = {
      afterMissed: after,
      waitMinutes: WAITS[wait],
      ...(who !== undefined && who !== ctx.user.id && { account: who }),
      words,
    };
    const before = readDraft(draft);
    const steps = at === undefined ? [...before, step] : before.map((old, i) => (i === Number(at) ? step : old));
    checkDraft(steps, ctx.user.id);
    return review(ctx, steps);
  },
});

export const checkInPlanReview = defineCommand({
  path: ['checkin', 'plan-review'],
  ...tapped,
  params: { draft: param.ref({ max: DRAFT_SIZE }) },
  run: async ({ draft }, ctx) => review(ctx, readDraft(draft)),
});

export const checkInPlanSave = defineCommand({
  path: ['checkin', 'plan-save'],
  counts: 'reach',
  ...tapped,
  params: { draft: param.ref({ max: DRAFT_SIZE }) },
  async run({ draft }, ctx) {
    const steps = readDraft(draft);
    if (steps.length === 0) throw new UserError('chat.errors.unknownTap');
    await savePlan(ctx.scope, steps, { platform: ctx.platform, userId: ctx.user.id });
    const asked = steps.some(({ account }) => account !== undefined);
    return said(ctx.t('plan.saved'), [
      ...stepBlocks(ctx, steps),
      { kind: 'note', text: ctx.t(asked ? 'plan.willAsk' : 'plan.onlyYou') },
      { kind: 'buttons', buttons: [{ label: ctx.t('plan.see'), act: { path: ['checkin', 'plan'], does: 'edit' } }] },
    ]);
  },
});

export const checkInPlanCancel = defineCommand({
  path: ['checkin', 'plan-cancel'],
  ...tapped,
  params: {},
  run: async (_args, ctx) => said(ctx.t('plan.cancelled')),
});

export const checkInPlanWithdraw = defineUnheldCommand({
  path: ['checkin', 'plan-withdraw'],
  ...tapped,
  params: {},
  async run(_args, ctx) {
    await withdrawPlan(ctx.scope);
    return said(ctx.t('plan.withdrawn'));
  },
});

export const checkInPlanAnswer = defineUnheldCommand({
  path: ['checkin', 'plan-answer'],
  ...tapped,
  params: { plan: param.ref({}), say: param.ref({}), agreement: param.ref({}) },
  async run({ plan, say, agreement }, ctx) {
    if (plan === undefined || (say !== 'yes' && say !== 'no')) throw new UserError('chat.errors.unknownTap');
    const { words } = await answerRequest(ctx.scope, plan, say, agreement);
    if (say === 'no') return said(ctx.t('plan.answered.no'));
    const stepBack: Tap = { path: ['checkin', 'plan-answer'], input: { plan, say: 'no' }, does: 'edit' };
    return said(ctx.t('plan.answered.yes'), [
      { kind: 'list', items: words },
      { kind: 'note', text: ctx.rich<Span & object>('plan.answered.later', { plan: { command: ['checkin', 'plan'] } }) },
      { kind: 'buttons', buttons: [{ label: ctx.t('plan.stepBack'), act: stepBack }] },
    ]);
  },
});

/** Everything about the plan, in the order of the list of commands. */
export const planCommands = [
  checkInPlan,
  checkInPlanStep,
  checkInPlanReview,
  checkInPlanSave,
  checkInPlanCancel,
  checkInPlanWithdraw,
  checkInPlanAnswer,
];
