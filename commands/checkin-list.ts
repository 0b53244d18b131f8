import {
  type AnyCommand,
  type Block,
  type Button,
  param,
  type Reply,
  type Span,
  type Tap,
  type Text,
  UserError,
} from '../src/chat/index.js';
import { askedBy } from '../src/core/checkins/asked.js';
import { type ListedSchedule, listSchedules, type ScheduleList } from '../src/core/checkins/schedules/list.js';
import { pauseSchedules, resumeSchedules } from '../src/core/checkins/schedules/pause.js';
import { setQuietHours } from '../src/core/checkins/schedules/quiet.js';
import { removeSchedule } from '../src/core/checkins/schedules/remove.js';
import { skipOne } from '../src/core/checkins/schedules/skip.js';
import { changeZone } from '../src/core/checkins/schedules/zone.js';
import { agreedThread } from '../src/core/members/thread.js';
import { reachButton, unreachedBlocks } from './checkin-reach.js';
import { type AppCtx, defineCommand, defineUnheldCommand, tapped } from './define.js';
import { saidWith } from './said.js';
import { describeWhen, moment, timeOfDay } from './schedule-words.js';

const titleOf = (ctx: AppCtx, template: string): Promise<string> =>
  askedBy(ctx, template).then(
    ({ title }) => title,
    () => ctx.t('questions.gone'),
  );

function stateOf(ctx: AppCtx, { paused, next }: ListedSchedule): Text {
  if (paused?.until) return ctx.rich<Span & object>('schedule.pausedUntil', { when: moment(ctx, paused.until) });
  if (paused) return ctx.t('schedule.paused');
  return next ? [moment(ctx, next.at)] : ctx.t('schedule.over');
}

function buttonsOf(ctx: AppCtx, { id: schedule, paused, next, template }: ListedSchedule): Button<Tap>[] {
  const act = (sub: string, input: object = {}): Tap => ({ path: ['checkin', sub], input: { schedule, ...input }, does: 'edit' });
  return [
    paused
      ? { label: ctx.t('schedule.resume'), act: act('resume') }
      : { label: ctx.t('schedule.pause'), act: act('pause', { now: 'yes' }) },
    ...(next && !paused ? [{ label: ctx.t('schedule.skip'), act: act('leave-out', { local: next.local }) }] : []),
    { label: ctx.t('schedule.change'), act: { path: ['checkin', 'schedule'], input: { schedule, own: template }, does: 'form' } },
    { label: ctx.t('schedule.remove'), act: act('remove') },
  ];
}

async function entry(ctx: AppCtx, listed: ListedSchedule): Promise<Block<Tap>[]> {
  return [
    {
      kind: 'facts',
      facts: [
        { label: ctx.t('schedule.when'), value: describeWhen(ctx, listed.parts) },
        { label: ctx.t('schedule.questions'), value: await titleOf(ctx, listed.template) },
        { label: ctx.t('schedule.nextTime'), value: stateOf(ctx, listed) },
      ],
    },
    { kind: 'buttons', buttons: buttonsOf(ctx, listed) },
  ];
}

function around(ctx: AppCtx, { zone, quiet }: ScheduleList, agreed: boolean): Block<Tap>[] {
  const hours = quiet && `${timeOfDay(ctx, quiet.from)} – ${timeOfDay(ctx, quiet.to)}`;
  return [
    { kind: 'divider' },
    {
      kind: 'facts',
      facts: [
        {
          label: ctx.t('schedule.zone.label'),
          value: zone ?? ctx.t('schedule.zone.community', { zone: ctx.scope.community.zone }),
        },
        { label: ctx.t('schedule.quiet.label'), value: hours ?? ctx.t('schedule.quiet.none') },
        ...(ctx.can.privateThreads
          ? [{ label: ctx.t('unreached.label'), value: ctx.t(agreed ? 'unreached.thread' : 'unreached.nothing') }]
          : []),
      ],
    },
    {
      kind: 'buttons',
      buttons: [
        { label: ctx.t('schedule.add'), act: { path: ['checkin', 'schedule'], does: 'form' } },
        { label: ctx.t('schedule.zone.change'), act: { path: ['checkin', 'zone'], does: 'form' } },
        { label: ctx.t('schedule.quiet.change'), act: { path: ['checkin', 'quiet'], does: 'form' } },
        ...(ctx.can.privateThreads ? [reachButton(ctx, 'unreached.label')] : []),
      ],
    },
  ];
}

/** Where everything stands, below what was just done. */
async function listReply(ctx: AppCtx, done?: Text): Promise<Reply> {
  const [list, agreed] = await Promise.all([listSchedules(ctx.scope), agreedThread(ctx.scope)]);
  const entries = await Promise.all(list.schedules.map((listed) => entry(ctx, listed)));
  return {
    summary: ctx.t('schedule.list'),
    blocks: [
      { kind: 'heading', text: ctx.t('schedule.list') },
      ...(done === undefined ? [] : [{ kind: 'text' as const, text: done }]),
      ...(list.unreached ? unreachedBlocks(ctx, list.unreached) : []),
      ...(entries.length > 0 ? entries.flat() : [{ kind: 'text' as const, text: ctx.t('schedule.none') }]),
      ...around(ctx, list, agreed !== undefined),
    ],
  };
}

const checkInList = defineCommand({
  path: ['checkin', 'list'],
  role: 'anyone',
  reply: 'private',
  params: {},
  run: (_args, ctx) => listReply(ctx),
});

const one = (schedule: string | undefined) => ({ ...(schedule !== undefined && { id: schedule }) });

const checkInPause = defineUnheldCommand({
  path: ['checkin', 'pause'],
  role: 'anyone',
  reply: 'private',
  params: { until: param.when({}), schedule: param.ref({}), now: param.ref({}) },
  async run({ until: said, schedule }, ctx) {
    const until = said?.at(ctx.scope.member.zone, ctx.now)?.instant;
    if (said && (!until || until <= ctx.now)) throw new UserError('schedule.pastPause');
    const count = await pauseSchedules(ctx.scope, { ...one(schedule), ...(until && { until }) });
    if (count === 0) return listReply(ctx);
    const text = until
      ? ctx.rich<Span & object>('schedule.pausedNowUntil', { when: moment(ctx, until) })
      : ctx.t('schedule.pausedNow');
    return listReply(ctx, text);
  },
});

const checkInResume = defineCommand({
  path: ['checkin', 'resume'],
  role: 'anyone',
  reply: 'private',
  params: { schedule: param.ref({}) },
  async run({ schedule }, ctx) {
    const count = await resumeSchedules(ctx.scope, one(schedule));
    return listReply(ctx, ctx.t(count > 0 ? 'schedule.resumed' : 'schedule.nothingPaused'));
  },
});

const checkInLeaveOut = defineUnheldCommand({
  path: ['checkin', 'leave-out'],
  ...tapped,
  params: { schedule: param.ref({ required: true }), local: param.ref({ required: true }) },
  async run({ schedule, local }, ctx) {
    const next = await skipOne(ctx.scope, schedule, local);
    return listReply(
      ctx,
      next ? ctx.rich<Span & object>('schedule.skipped', { when: moment(ctx, next) }) : ctx.t('schedule.over'),
    );
  },
});

const checkInRemove = defineUnheldCommand({
  path: ['checkin', 'remove'],
  ...tapped,
  params: { schedule: param.ref({ required: true }), sure: param.ref({}) },
  async run({ schedule, sure }, ctx) {
    if (sure !== undefined) {
      await removeSchedule(ctx.scope, schedule);
      return listReply(ctx, ctx.t('schedule.removed'));
    }
    const found = (await listSchedules(ctx.scope)).schedules.find(({ id }) => id === schedule);
    if (!found) throw new UserError('schedule.gone');
    const text = ctx.t('schedule.removeAsk', { when: describeWhen(ctx, found.parts) });
    const removal: Tap = { path: ['checkin', 'remove'], input: { schedule, sure: 'yes' }, does: 'edit' };
    return saidWith(text, [
      { label: ctx.t('schedule.removeNow'), style: 'danger', act: removal },
      { label: ctx.t('schedule.keep'), act: { path: ['checkin', 'list'], does: 'edit' } },
    ]);
  },
});

const checkInQuiet = defineCommand({
  path: ['checkin', 'quiet'],
  role: 'anyone',
  reply: 'private',
  form: 'when-empty',
  params: { from: param.text({ shown: 'asked', max: 40 }), to: param.text({ shown: 'asked', max: 40 }) },
  async run({ from, to }, ctx) {
    if ((from === undefined) !== (to === undefined)) throw new UserError('schedule.quiet.both');
    const set = await setQuietHours(ctx.scope, from !== undefined && to !== undefined ? { from, to } : undefined);
    const text = set
      ? ctx.t('schedule.quiet.set', { from: timeOfDay(ctx, set.from), to: timeOfDay(ctx, set.to) })
      : ctx.t('schedule.quiet.off');
    return listReply(ctx, text);
  },
});

const checkInZone = defineCommand({
  path: ['checkin', 'zone'],
  role: 'anyone',
  reply: 'private',
  params: { zone: param.zone({ required: true }) },
  async run({ zone }, ctx) {
    await changeZone(ctx.scope, zone);
    const moved = { ...ctx, scope: { ...ctx.scope, member: { ...ctx.scope.member, zone } } };
    return listReply(moved, ctx.t('schedule.zone.changed', { zone }));
  },
});

export const listCommands: readonly AnyCommand[] = [
  checkInList,
  checkInPause,
  checkInResume,
  checkInQuiet,
  checkInZone,
  checkInLeaveOut,
  checkInRemove,
];
