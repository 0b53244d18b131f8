import { z } from 'zod';
import { type Block, param, type Reply, type Span, type Tap, UserError } from '../src/chat/index.js';
import { MOST_STEPS } from '../src/core/checkins/missed/plan.js';
import { type Became, checkDraft, type StepDraft, savePlan } from '../src/core/checkins/missed/save.js';
import { stepBlocks, WAIT_NAMES, WAITS } from './checkin-plan-words.js';
import { type AppCtx, defineCommand, tapped } from './define.js';
import { said } from './said.js';

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

/** What a button carries of a plan that is not saved yet. */
export const asDraft = (steps: readonly StepDraft[]) => JSON.stringify(steps);

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

const checkInPlanStep = defineCommand({
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

const checkInPlanReview = defineCommand({
  path: ['checkin', 'plan-review'],
  ...tapped,
  params: { draft: param.ref({ max: DRAFT_SIZE }) },
  run: async ({ draft }, ctx) => review(ctx, readDraft(draft)),
});

/** Who is asked now, and who is not and what can be done instead. */
function becameBlocks(ctx: AppCtx, became: ReadonlyMap<string, Became>): Block<Tap>[] {
  if (became.size === 0) return [{ kind: 'note', text: ctx.t('plan.onlyYou') }];
  const kept = [...became].flatMap(([account, what]): Block<Tap>[] =>
    what === 'waits' || what === 'declined'
      ? [{ kind: 'note', text: ctx.rich<Span & object>(`plan.kept.${what}`, { who: { mention: account } }) }]
      : [],
  );
  return [...(kept.length < became.size ? [{ kind: 'note' as const, text: ctx.t('plan.willAsk') }] : []), ...kept];
}

const checkInPlanSave = defineCommand({
  path: ['checkin', 'plan-save'],
  counts: 'reach',
  ...tapped,
  params: { draft: param.ref({ max: DRAFT_SIZE }) },
  async run({ draft }, ctx) {
    const steps = readDraft(draft);
    if (steps.length === 0) throw new UserError('chat.errors.unknownTap');
    const became = await savePlan(ctx.scope, steps, { platform: ctx.platform, userId: ctx.user.id });
    return said(ctx.t('plan.saved'), [
      ...stepBlocks(ctx, steps),
      ...becameBlocks(ctx, became),
      { kind: 'buttons', buttons: [{ label: ctx.t('plan.see'), act: { path: ['checkin', 'plan'], does: 'edit' } }] },
    ]);
  },
});

const checkInPlanCancel = defineCommand({
  path: ['checkin', 'plan-cancel'],
  ...tapped,
  params: {},
  run: async (_args, ctx) => said(ctx.t('plan.cancelled')),
});

/** From the first step that is written to the plan that is saved; until then the buttons carry all of it. */
export const planWriting = [checkInPlanStep, checkInPlanReview, checkInPlanSave, checkInPlanCancel];
