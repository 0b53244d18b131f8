import { param, UserError, type When } from '../src/chat/index.js';
import { addGoal, addStep } from '../src/core/goals/add.js';
import { correctItem, removeItem, setDone } from '../src/core/goals/change.js';
import { AREAS, MOST_WORDS } from '../src/core/goals/details.js';
import { goalsOf, itemOf } from '../src/core/goals/mine.js';
import { localDay } from './days.js';
import { type AppCtx, defineCommand, defineUnheldCommand, tapped } from './define.js';
import { card, myGoals, overview, which } from './goal-reply.js';
import { said } from './said.js';

const days = (ctx: AppCtx, { by, remind }: { by: When | undefined; remind: When | undefined }) => ({
  by: localDay(ctx, by, true),
  remind: localDay(ctx, remind, true),
});

export const goalAdd = defineCommand({
  path: ['goal', 'add'],
  role: 'anyone',
  reply: 'private',
  params: {
    words: param.text({ shown: 'own', required: true, max: MOST_WORDS.goal }),
    area: param.choice(AREAS, {}),
    by: param.when({}),
    remind: param.when({}),
    id: param.ref({}),
  },
  async run({ words, area, id, ...when }, ctx) {
    const wanted = { words, area, ...days(ctx, when) };
    if (id === undefined) return card(ctx, await addGoal(ctx.scope, wanted, ctx.attempt), ctx.t('goal.added'));
    await correctItem(ctx.scope, id, wanted);
    return card(ctx, id, ctx.t('goal.changed'));
  },
});

export const goalList = defineCommand({
  path: ['goal', 'list'],
  role: 'anyone',
  reply: 'private',
  params: {},
  run: (_args, ctx) => overview(ctx),
});

export const goalStep = defineCommand({
  path: ['goal', 'step'],
  role: 'anyone',
  reply: 'private',
  params: {
    words: param.text({ shown: 'own', required: true, max: MOST_WORDS.step }),
    by: param.when({}),
    remind: param.when({}),
    goal: param.ref({}),
    id: param.ref({}),
  },
  async run({ words, goal, id, by, remind }, ctx) {
    const wanted = { words, ...days(ctx, { by, remind }) };
    if (id !== undefined) {
      await correctItem(ctx.scope, id, wanted);
      return card(ctx, id, ctx.t('goal.changed'));
    }
    const open = (await goalsOf(ctx.scope)).filter(({ done }) => done === undefined);
    const [only, ...others] = goal === undefined ? open : [{ id: goal }];
    if (!only)
      throw new UserError('goal.problems.noGoal', {}, { label: 'goal.add', tap: { path: ['goal', 'add'], does: 'form' } });
    const said = { words, by: by?.text, remind: remind?.text };
    if (others.length > 0) return which(ctx.t('goal.whichGoal'), open, { path: ['goal', 'step'], input: said }, 'goal');
    await addStep(ctx.scope, only.id, wanted, ctx.attempt);
    return card(ctx, only.id, ctx.t('goal.stepAdded'));
  },
});

export const goalDone = defineCommand({
  path: ['goal', 'done'],
  role: 'anyone',
  reply: 'private',
  params: { id: param.ref({}), undo: param.ref({}) },
  async run({ id, undo }, ctx) {
    if (id !== undefined) {
      const { goal } = await itemOf(ctx.scope, id);
      await setDone(ctx.scope, id, undo === undefined);
      return card(ctx, goal.id, ctx.t(undo === undefined ? 'goal.noted' : 'goal.reopened'));
    }
    const goals = (await goalsOf(ctx.scope)).filter(({ done }) => done === undefined);
    const open = goals.flatMap((goal) => [...goal.steps.filter(({ done }) => done === undefined), goal]);
    if (open.length === 0) return overview(ctx, ctx.t('goal.nothingOpen'));
    return which(ctx.t('goal.whichDone'), open, { path: ['goal', 'done'], does: 'edit' }, 'id');
  },
});

export const goalOpen = defineCommand({
  path: ['goal', 'open'],
  ...tapped,
  params: { id: param.ref({}) },
  async run({ id }, ctx) {
    if (id === undefined) throw new UserError('chat.errors.unknownTap');
    return card(ctx, id);
  },
});

export const goalRemove = defineUnheldCommand({
  path: ['goal', 'remove'],
  ...tapped,
  params: { id: param.ref({ required: true }), sure: param.ref({}) },
  async run({ id, sure }, ctx) {
    const { goal, step } = await itemOf(ctx.scope, id);
    if (sure !== undefined) {
      await removeItem(ctx.scope, id);
      const text = ctx.t('goal.remove.done');
      return step ? card(ctx, goal.id, text) : overview(ctx, text);
    }
    return said(ctx.t(step ? 'goal.remove.askStep' : 'goal.remove.askGoal'), [
      { kind: 'list', items: [(step ?? goal).words] },
      {
        kind: 'buttons',
        buttons: [
          {
            label: ctx.t('goal.remove.yes'),
            style: 'danger',
            act: { path: ['goal', 'remove'], input: { id, sure: 'yes' }, does: 'edit' },
          },
          { label: ctx.t('goal.remove.no'), act: { path: ['goal', 'open'], input: { id }, does: 'edit' } },
          myGoals(ctx),
        ],
      },
    ]);
  },
});

/** Reached from the list of goals. */
export const goalTaps = [goalOpen, goalRemove];
