import type { Block, Button, Reply, Tap, Text } from '../src/chat/index.js';
import { isFresh } from '../src/core/goals/daily.js';
import type { GoalDetails, StepDetails } from '../src/core/goals/details.js';
import { type Goal, goalsOf, itemOf, MOST_GOALS, MOST_STEPS, type Step } from '../src/core/goals/mine.js';
import { todayOf } from '../src/core/members/day.js';
import { goingOn } from '../src/core/pairing/keep-rhythm.js';
import { viewersOf } from '../src/core/pairing/shares.js';
import { dayText } from './days.js';
import type { AppCtx } from './define.js';
import { said } from './said.js';

/** Characters that fit in an option of every platform. */
const OPTION = 75;

export const myGoals = (ctx: AppCtx): Button<Tap> => ({ label: ctx.t('goal.mine'), act: { path: ['goal', 'list'] } });

/** Who sees these: exactly. */
async function note(ctx: AppCtx, goals: readonly Goal[]): Promise<Block<Tap>> {
  const viewers = await viewersOf(ctx.scope, 'goals');
  const isSeen = goals.some(({ shownTo }) => shownTo.some((id) => viewers.has(id)));
  return { kind: 'note', text: ctx.t(isSeen ? 'share.seen.goal' : 'goal.whoSees') };
}

/** A goal or step on one line: its words, and what is to be said of its dates. */
export function lineOf(ctx: Pick<AppCtx, 't' | 'locale'>, { words, by, done }: StepDetails): string {
  if (done !== undefined) return `${words} · ${ctx.t('goal.doneOn', { day: dayText(ctx, done) })}`;
  return by === undefined ? words : `${words} · ${ctx.t('goal.by', { day: dayText(ctx, by) })}`;
}

/** One goal with its steps, as its owner and whoever it is shown to read it. */
export function goalBlocks(ctx: Pick<AppCtx, 't' | 'locale'>, goal: Goal): Block<Tap>[] {
  const area = goal.area ? ` · ${ctx.t(`goal.areas.${goal.area}`)}` : '';
  const { words, ...rest } = goal;
  const dates = lineOf(ctx, { ...rest, words: '' });
  return [
    { kind: 'text', text: [{ bold: words }, `${area}${dates}`] },
    ...(goal.steps.length > 0 ? [{ kind: 'list' as const, items: goal.steps.map((step) => lineOf(ctx, step)) }] : []),
  ];
}

const options = (items: readonly { readonly id: string; readonly words: string }[]) =>
  items.map(({ id, words }) => ({ value: id, label: words.slice(0, OPTION) }));

const isOpen = ({ done }: StepDetails) => done === undefined;

/** What the member wanted to be reminded of today. */
function reminded(ctx: AppCtx, goals: readonly Goal[]): Block<Tap>[] {
  const today = todayOf(ctx.scope);
  const items = goals.filter(isOpen).flatMap((goal) => [goal, ...goal.steps].filter((one) => isFresh(one, today)));
  if (items.length === 0) return [];
  return [
    { kind: 'text', text: ctx.t('goal.reminded') },
    { kind: 'list', items: items.map((item) => lineOf(ctx, item)) },
    { kind: 'divider' },
  ];
}

/** All of the member's goals, and what can be done with them. @param said what is said first */
export async function overview(ctx: AppCtx, said?: string): Promise<Reply> {
  const goals = await goalsOf(ctx.scope);
  const isMentee = (await goingOn(ctx.scope)).some(({ side }) => side === 'mentee');
  const open = goals.filter(isOpen);
  const done = goals.filter((goal) => !isOpen(goal));
  const first = said ?? ctx.t(goals.length > 0 ? 'goal.yours' : 'goal.none');
  const add: Button<Tap> = { label: ctx.t('goal.add'), act: { path: ['goal', 'add'], does: 'form' } };
  return {
    summary: first,
    blocks: [
      { kind: 'text', text: first },
      ...reminded(ctx, goals),
      ...open.flatMap((goal) => goalBlocks(ctx, goal)),
      ...(done.length > 0
        ? [
            { kind: 'text' as const, text: ctx.t('goal.doneOnes') },
            { kind: 'list' as const, items: done.map((goal) => lineOf(ctx, goal)) },
          ]
        : []),
      ...(goals.length > 0
        ? [
            {
              kind: 'select' as const,
              placeholder: ctx.t('goal.openOne'),
              act: { path: ['goal', 'open'] as const },
              param: 'id',
              options: options(goals),
            },
          ]
        : []),
      {
        kind: 'buttons',
        buttons: [
          ...(goals.length < MOST_GOALS ? [add] : []),
          ...(open.length > 0 ? [{ label: ctx.t('goal.tickOff'), act: { path: ['goal', 'done'] as const } }] : []),
          ...(isMentee ? [{ label: ctx.t('share.mine'), act: { path: ['sponsor', 'shares'] as const } }] : []),
        ],
      },
      await note(ctx, goals),
    ],
  };
}

function facts(ctx: AppCtx, { area, by, remind, done }: StepDetails & Pick<GoalDetails, 'area'>): Block<Tap>[] {
  const found: { label: string; value: Text }[] = [
    ...(area ? [{ label: ctx.t('goal.area'), value: ctx.t(`goal.areas.${area}`) }] : []),
    ...(by !== undefined ? [{ label: ctx.t('goal.byDay'), value: dayText(ctx, by) }] : []),
    ...(remind !== undefined ? [{ label: ctx.t('goal.nudgeOn'), value: dayText(ctx, remind) }] : []),
    ...(done !== undefined ? [{ label: ctx.t('goal.doneSince'), value: dayText(ctx, done) }] : []),
  ];
  return found.length > 0 ? [{ kind: 'facts', facts: found }] : [];
}

/** What can be done with a goal as with a step. @param change the form that says it anew */
function common(ctx: AppCtx, { id, done, words, by, remind }: Step, change: Tap): Button<Tap>[] {
  const known = { id, words, by, remind };
  return [
    done === undefined
      ? { label: ctx.t('goal.isDone'), style: 'primary', act: { path: ['goal', 'done'], input: { id }, does: 'edit' } }
      : { label: ctx.t('goal.isOpen'), act: { path: ['goal', 'done'], input: { id, undo: 'yes' }, does: 'edit' } },
    { label: ctx.t('goal.change'), act: { ...change, input: { ...known, ...change.input }, does: 'form' } },
    { label: ctx.t('goal.remove.button'), act: { path: ['goal', 'remove'], input: { id }, does: 'edit' } },
  ];
}

function goalCard(ctx: AppCtx, goal: Goal): Block<Tap>[] {
  const addStep: Button<Tap> = {
    label: ctx.t('goal.addStep'),
    act: { path: ['goal', 'step'], input: { goal: goal.id }, does: 'form' },
  };
  return [
    { kind: 'heading', text: goal.words },
    ...facts(ctx, goal),
    ...(goal.steps.length > 0
      ? [
          { kind: 'list' as const, items: goal.steps.map((step) => lineOf(ctx, step)) },
          {
            kind: 'select' as const,
            placeholder: ctx.t('goal.openStep'),
            act: { path: ['goal', 'open'] as const, does: 'edit' as const },
            param: 'id',
            options: options(goal.steps),
          },
        ]
      : []),
    {
      kind: 'buttons',
      buttons: [
        ...common(ctx, goal, { path: ['goal', 'add'], input: { area: goal.area } }),
        ...(goal.steps.length < MOST_STEPS ? [addStep] : []),
        myGoals(ctx),
      ],
    },
  ];
}

const stepCard = (ctx: AppCtx, goal: Goal, step: Step): Block<Tap>[] => [
  { kind: 'heading', text: step.words },
  { kind: 'text', text: ctx.t('goal.stepOf', { goal: goal.words }) },
  ...facts(ctx, step),
  {
    kind: 'buttons',
    buttons: [
      ...common(ctx, step, { path: ['goal', 'step'] }),
      { label: ctx.t('goal.wholeGoal'), act: { path: ['goal', 'open'], input: { id: goal.id }, does: 'edit' } },
    ],
  },
];

/** One goal or step. @param said what is said first @throws UserError when it is gone */
export async function card(ctx: AppCtx, id: string, said?: string): Promise<Reply> {
  const { goal, step } = await itemOf(ctx.scope, id);
  return {
    summary: said ?? ctx.t('goal.one'),
    blocks: [
      ...(said === undefined ? [] : [{ kind: 'text' as const, text: said }]),
      ...(step ? stepCard(ctx, goal, step) : goalCard(ctx, goal)),
      await note(ctx, [goal]),
    ],
  };
}

/** Which of several is meant: a choice that goes on with what was said already. */
export function which(
  text: string,
  items: readonly { readonly id: string; readonly words: string }[],
  act: Tap,
  param: string,
): Reply {
  return said(text, [{ kind: 'select', placeholder: text, act, param, options: options(items) }]);
}
