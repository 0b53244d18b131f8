import { param, type Reply, UserError } from '../src/chat/index.js';
import { todayOf } from '../src/core/members/day.js';
import { MARK_LISTS, type MilestoneKind } from '../src/core/milestones/marks.js';
import { type Milestone, milestonesOf } from '../src/core/milestones/mine.js';
import { addMilestone, correctMilestone, countToday, noteReturn, removeMilestone } from '../src/core/milestones/set.js';
import { dayText, localDay } from './days.js';
import { type AppCtx, defineCommand, defineUnheldCommand, tapped } from './define.js';
import { areSeen, canReturn, daysText, overview, personNote, seenNote, showButton, which } from './milestone-reply.js';
import { saidWith } from './said.js';

/** What people pick or type, which knows no capital letters, and what it is called inside. */
const KINDS = {
  recovery: 'recovery',
  since: 'sinceEvent',
  programme: 'inProgramme',
  plan: 'planKept',
  goal: 'goalReached',
} as const satisfies Record<string, MilestoneKind>;
const KIND_NAMES = Object.keys(KINDS) as [keyof typeof KINDS];
const MARKS = Object.keys(MARK_LISTS) as [keyof typeof MARK_LISTS];

export const milestoneSet = defineCommand({
  path: ['milestone', 'set'],
  role: 'anyone',
  reply: 'private',
  form: 'when-empty',
  params: {
    date: param.when({}),
    kind: param.choice(KIND_NAMES, {}),
    label: param.text({ shown: 'own', max: 60 }),
    marks: param.choice(MARKS, {}),
    id: param.ref({}),
  },
  async run({ date, kind, label, marks, id }, ctx) {
    const from = localDay(ctx, date);
    const asked = {
      ...(from && { from }),
      ...(kind && { kind: KINDS[kind] }),
      ...(label !== undefined && { label }),
      ...(marks && { marks }),
    };
    await (id === undefined ? addMilestone(ctx.scope, asked) : correctMilestone(ctx.scope, id, asked));
    return overview(ctx, ctx.t('milestone.saved'));
  },
});

export const milestoneShow = defineCommand({
  path: ['milestone', 'show'],
  role: 'anyone',
  reply: 'private',
  params: {},
  run: (_args, ctx) => overview(ctx),
});

async function askAboutReturn(ctx: AppCtx, milestone: Milestone): Promise<Reply> {
  const { id, total } = milestone;
  const text = ctx.t('milestone.return.kind', { amount: daysText(ctx, total.reached) });
  const act = (begin: string) => ({ path: ['milestone', 'return'] as const, input: { id, begin } });
  return {
    summary: ctx.t('milestone.return.summary'),
    blocks: [
      { kind: 'text', text },
      {
        kind: 'buttons',
        buttons: [
          { label: ctx.t('milestone.return.today'), style: 'primary', act: act('today') },
          { label: ctx.t('milestone.return.later'), act: act('later') },
          { label: ctx.t('milestone.return.days'), act: { path: ['milestone', 'return'], input: { id }, does: 'form' } },
          { label: ctx.t('milestone.notNow'), act: { path: ['milestone', 'keep'], does: 'edit' } },
        ],
      },
      { kind: 'note', text: ctx.t((await areSeen(ctx, [milestone])) ? 'share.toReturn' : 'milestone.whoSees') },
      personNote(ctx),
    ],
  };
}

export const milestoneReturn = defineCommand({
  path: ['milestone', 'return'],
  role: 'anyone',
  reply: 'private',
  params: { on: param.when({}), again: param.when({}), id: param.ref({}), begin: param.ref({}) },
  async run({ on, again, id, begin }, ctx) {
    const candidates = (await milestonesOf(ctx.scope)).filter((one) => canReturn(one) && (id === undefined || one.id === id));
    const [only, ...others] = candidates;
    if (!only) throw new UserError('milestone.return.nothing');
    const said = { on: on?.text, again: again?.text };
    if (others.length > 0) return which(ctx, candidates, { path: ['milestone', 'return'], input: said });
    if (!on && !again && begin === undefined) return askAboutReturn(ctx, only);
    const today = todayOf(ctx.scope);
    const first = localDay(ctx, again) ?? (begin === 'today' ? today : undefined);
    const after = await noteReturn(ctx.scope, only.id, localDay(ctx, on) ?? first ?? today, first);
    const text = ctx.t('milestone.return.noted', { amount: daysText(ctx, after.total.reached) });
    const next = after.current && ctx.t('milestone.return.begun', { day: dayText(ctx, after.current.from) });
    return {
      summary: ctx.t('milestone.return.summary'),
      blocks: [
        { kind: 'text', text: next ? `${text} ${next}` : text },
        { kind: 'buttons', buttons: [showButton(ctx)] },
        await seenNote(ctx, [after]),
        personNote(ctx),
      ],
    };
  },
});

export const milestoneCount = defineCommand({
  path: ['milestone', 'count'],
  ...tapped,
  params: { id: param.ref({ required: true }) },
  async run({ id }, ctx) {
    const { total } = await countToday(ctx.scope, id);
    const isMark = total.last === total.reached;
    const amount = daysText(ctx, total.reached);
    return overview(ctx, ctx.t(isMark ? 'milestone.countedMark' : 'milestone.counted', { amount }));
  },
});

export const milestoneRemove = defineUnheldCommand({
  path: ['milestone', 'remove'],
  ...tapped,
  params: { id: param.ref({ required: true }), sure: param.ref({}) },
  async run({ id, sure }, ctx) {
    if (sure !== undefined) {
      await removeMilestone(ctx.scope, id);
      return overview(ctx, ctx.t('milestone.remove.done'));
    }
    return saidWith(ctx.t('milestone.remove.ask'), [
      {
        label: ctx.t('milestone.remove.yes'),
        style: 'danger',
        act: { path: ['milestone', 'remove'], input: { id, sure: 'yes' } },
      },
      { label: ctx.t('milestone.notNow'), act: { path: ['milestone', 'keep'], does: 'edit' } },
    ]);
  },
});

/** Whatever was offered is left as it is. */
export const milestoneKeep = defineCommand({
  path: ['milestone', 'keep'],
  ...tapped,
  params: {},
  async run(_args, ctx) {
    return saidWith(ctx.t('milestone.kept'), [showButton(ctx)]);
  },
});
