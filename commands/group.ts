import { type Block, param, type Reply, type Span, type Tap, type Text, UserError, worded } from '../src/chat/index.js';
import { GROUP_LIMITS } from '../src/core/groups/kinds.js';
import { closeEarly, endGroup, type ListedGroup, listGroups } from '../src/core/groups/manage.js';
import { newGroupId, startGroup, understandTimes } from '../src/core/groups/start.js';
import { type AppCtx, defineCommand } from './define.js';
import { said, saidWith } from './said.js';
import { describeWhen, moment } from './schedule-words.js';

const HOURS = 24;

/** The channel in which it was asked for. @throws UserError */
function channelOf(ctx: AppCtx): string {
  if (!ctx.channel || ctx.channel.direct || !ctx.scope.space) throw new UserError('group.inChannel');
  return ctx.channel.id;
}

const newButton = (ctx: AppCtx) => ({
  label: ctx.t('group.new'),
  style: 'primary' as const,
  act: { path: ['checkin', 'group'] as const, does: 'form' as const },
});
const listButton = (ctx: AppCtx) => ({ label: ctx.t('group.all'), act: { path: ['checkin', 'group'] as const } });

function buttonsOf(ctx: AppCtx, { id, parts, next, round }: ListedGroup): Block<Tap>[] {
  const act = (sub: string, input: Tap['input']): Tap => ({ path: ['group', sub], ...(input && { input }) });
  const buttons = [
    ...(round ? [{ label: ctx.t('group.readAll'), act: act('all', { round: round.id }) }] : []),
    ...(round && !round.isClosed ? [{ label: ctx.t('group.closeNow'), act: act('close', { round: round.id }) }] : []),
    ...(parts && next ? [{ label: ctx.t('group.end'), act: act('end', { id }) }] : []),
  ];
  return buttons.length > 0 ? [{ kind: 'buttons', buttons }] : [];
}

function stateOf(ctx: AppCtx, { parts, zone, next, round, channel }: ListedGroup): { label: string; value: Text }[] {
  const here = ctx.channel?.id === channel;
  return [
    { label: ctx.t('group.where'), value: ctx.t(here ? 'group.here' : 'group.elsewhere') },
    { label: ctx.t('group.when'), value: parts ? `${describeWhen(ctx, parts)} (${zone})` : ctx.t('group.once') },
    ...(parts ? [{ label: ctx.t('group.next'), value: next ? [moment(ctx, next, zone)] : ctx.t('group.ended') }] : []),
    ...(round
      ? [
          {
            label: ctx.t('group.latest'),
            value: ctx.rich<Span & object>(round.isClosed ? 'group.wasClosed' : 'group.isOpen', {
              count: round.count,
              when: moment(ctx, round.isClosed ? round.opensAt : round.closesAt, zone),
            }),
          },
        ]
      : []),
  ];
}

/** The group check-ins of this place, for those who look after them. */
async function overview(ctx: AppCtx, said?: string): Promise<Reply> {
  const groups = await listGroups(ctx.scope);
  const first = said ?? ctx.t(groups.length > 0 ? 'group.list' : 'group.none');
  return {
    summary: first,
    blocks: [
      { kind: 'text', text: first },
      ...groups.flatMap((group): Block<Tap>[] => [
        { kind: 'divider' },
        { kind: 'text', text: [{ bold: group.question }] },
        { kind: 'facts', facts: stateOf(ctx, group) },
        ...(group.round?.isUnseen ? [{ kind: 'note' as const, text: ctx.t('group.unseen') }] : []),
        ...buttonsOf(ctx, group),
      ]),
      { kind: 'buttons', buttons: [newButton(ctx)] },
    ],
  };
}

export const checkInGroup = defineCommand({
  path: ['checkin', 'group'],
  role: 'facilitator',
  reply: 'private',
  params: {
    question: param.long({ shown: 'led', max: GROUP_LIMITS.question }),
    when: param.text({ shown: 'asked' }),
    hours: param.int({ min: 1, max: GROUP_LIMITS.hours }),
  },
  async run({ question, when, hours = HOURS }, ctx) {
    if (question === undefined) return overview(ctx);
    const channel = channelOf(ctx);
    const times = understandTimes(ctx.scope, when);
    const { zone } = ctx.scope.community;
    const text = ctx.t('group.preview');
    const soon: Block<Tap>[] =
      times === 'now'
        ? []
        : [
            { kind: 'text', text: ctx.t('group.coming') },
            { kind: 'list', items: times.next.map((at) => [moment(ctx, at, zone)]) },
          ];
    const input = { id: newGroupId(), question, when, hours, channel };
    return said(text, [
      {
        kind: 'facts',
        facts: [
          { label: ctx.t('group.question'), value: question },
          {
            label: ctx.t('group.when'),
            value: times === 'now' ? ctx.t('group.now') : `${describeWhen(ctx, times.parts)} (${zone})`,
          },
          { label: ctx.t('group.closes'), value: ctx.t('group.after', { hours }) },
        ],
      },
      ...soon,
      { kind: 'note', text: ctx.t('group.everyoneSees') },
      {
        kind: 'buttons',
        buttons: [
          {
            label: ctx.t(times === 'now' ? 'group.askNow' : 'group.start'),
            style: 'primary',
            act: { path: ['group', 'start'], input, does: 'edit' },
          },
          { label: ctx.t('group.change'), act: { path: ['checkin', 'group'], input: { question, when, hours }, does: 'form' } },
          { label: ctx.t('group.cancel'), act: { path: ['group', 'cancel'], does: 'edit' } },
        ],
      },
    ]);
  },
});

/** The last tap. It takes the place of the preview. */
const groupStart = defineCommand({
  path: ['group', 'start'],
  role: 'facilitator',
  reply: 'private',
  hidden: true,
  params: {
    id: param.ref({ required: true }),
    question: param.ref({ required: true, max: GROUP_LIMITS.question }),
    when: param.ref({}),
    hours: worded(param.int({ min: 1, max: GROUP_LIMITS.hours, required: true }), {
      label: 'commands.checkin.group.params.hours.label',
      help: 'commands.checkin.group.params.hours.help',
    }),
    channel: param.ref({ required: true }),
  },
  async run({ when, ...asked }, ctx) {
    await startGroup(ctx.scope, { ...asked, ...(when !== undefined && { when }) });
    return saidWith(ctx.t(understandTimes(ctx.scope, when) === 'now' ? 'group.startedNow' : 'group.started'), [listButton(ctx)]);
  },
});

const groupCancel = defineCommand({
  path: ['group', 'cancel'],
  role: 'facilitator',
  reply: 'private',
  hidden: true,
  params: {},
  async run(_args, ctx) {
    return saidWith(ctx.t('group.cancelled'), [listButton(ctx)]);
  },
});

const groupClose = defineCommand({
  path: ['group', 'close'],
  role: 'facilitator',
  reply: 'private',
  hidden: true,
  params: { round: param.ref({ required: true }) },
  async run({ round }, ctx) {
    await closeEarly(ctx.scope, round);
    return overview(ctx, ctx.t('group.closedNow'));
  },
});

const groupEnd = defineCommand({
  path: ['group', 'end'],
  role: 'facilitator',
  reply: 'private',
  hidden: true,
  params: { id: param.ref({ required: true }) },
  async run({ id }, ctx) {
    await endGroup(ctx.scope, id);
    return overview(ctx, ctx.t('group.endedNow'));
  },
});

/** Reached by tapping only. */
export const groupCareTaps = [groupStart, groupCancel, groupClose, groupEnd];
