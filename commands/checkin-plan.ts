import { type Block, type Button, param, type Span, type Tap, UserError } from '../src/chat/index.js';
import { planOf } from '../src/core/checkins/missed/plan.js';
import { answerRequest, requestsTo } from '../src/core/checkins/missed/recipient.js';
import { withdrawPlan } from '../src/core/checkins/missed/withdraw.js';
import { accountOf } from '../src/core/members/behind.js';
import { stepBlocks } from './checkin-plan-words.js';
import { asDraft, planWriting } from './checkin-plan-write.js';
import { type AppCtx, defineCommand, defineUnheldCommand, tapped } from './define.js';
import { said } from './said.js';

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

const checkInPlan = defineCommand({
  path: ['checkin', 'plan'],
  role: 'anyone',
  reply: 'private',
  params: {},
  async run(_args, ctx) {
    const [steps, requests] = await Promise.all([presentPlan(ctx), requestBlocks(ctx)]);
    const write = (label: string, style?: 'primary'): Button<Tap> => ({
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

const checkInPlanWithdraw = defineUnheldCommand({
  path: ['checkin', 'plan-withdraw'],
  ...tapped,
  params: {},
  async run(_args, ctx) {
    await withdrawPlan(ctx.scope);
    return said(ctx.t('plan.withdrawn'));
  },
});

const checkInPlanAnswer = defineUnheldCommand({
  path: ['checkin', 'plan-answer'],
  ...tapped,
  params: { plan: param.ref({}), say: param.ref({}), agreement: param.ref({}) },
  async run({ plan, say, agreement }, ctx) {
    if (plan === undefined || (say !== 'yes' && say !== 'no')) throw new UserError('chat.errors.unknownTap');
    const { words } = await answerRequest(ctx.scope, plan, say, agreement);
    if (say === 'no')
      return said(ctx.t('plan.answered.no'), [
        {
          kind: 'note',
          text: ctx.rich<Span & object>('plan.answered.never', { avoid: { command: ['sponsor', 'avoid'] as const } }),
        },
      ]);
    const stepBack: Tap = { path: ['checkin', 'plan-answer'], input: { plan, say: 'no' }, does: 'edit' };
    return said(ctx.t('plan.answered.yes'), [
      { kind: 'list', items: words },
      { kind: 'note', text: ctx.rich<Span & object>('plan.answered.later', { plan: { command: ['checkin', 'plan'] } }) },
      { kind: 'buttons', buttons: [{ label: ctx.t('plan.stepBack'), act: stepBack }] },
    ]);
  },
});

/** Everything about the plan, in the order of the list of commands. */
export const planCommands = [checkInPlan, ...planWriting, checkInPlanWithdraw, checkInPlanAnswer];
