import { type AnyCommand, type Block, param, type Reply, type Span, type Tap, type Text } from '../src/chat/index.js';
import { QUICK } from '../src/core/checkins/answers.js';
import { askedBy } from '../src/core/checkins/asked.js';
import { saveSchedule, understandSchedule } from '../src/core/checkins/schedules/save.js';
import { ownZone } from '../src/core/checkins/schedules/zone.js';
import { agreedThread } from '../src/core/members/thread.js';
import { whyUnreached } from '../src/core/members/unreached.js';
import { unreachedBlocks } from './checkin-reach.js';
import { templateParam } from './checkin-words.js';
import { type AppCtx, defineCommand, tapped } from './define.js';
import { said } from './said.js';
import { describeWhen, moment } from './schedule-words.js';

interface Wanted {
  readonly when: string;
  readonly template: string;
  readonly zone: string;
  /** Changes this schedule instead of adding one. */
  readonly schedule?: string;
}

/** Discord does not tell where somebody is; asked once, with the community's zone as the first offer. */
function askZone(ctx: AppCtx, wanted: Omit<Wanted, 'zone'>): Reply {
  const { zone } = ctx.scope.community;
  const input = { when: wanted.when, own: wanted.template, schedule: wanted.schedule };
  return said(ctx.t('schedule.zone.ask'), [
    { kind: 'text', text: ctx.rich<Span & object>('schedule.zone.now', { now: { time: ctx.now, style: 'time', zone }, zone }) },
    {
      kind: 'buttons',
      buttons: [
        {
          label: ctx.t('schedule.zone.use', { zone: zone.replaceAll('_', ' ') }),
          style: 'primary',
          act: { path: ['checkin', 'schedule'], input: { ...input, zone }, does: 'edit' },
        },
        { label: ctx.t('schedule.zone.other'), act: { path: ['checkin', 'schedule'], input, does: 'form' } },
      ],
    },
  ]);
}

/** What was understood, in full. Nothing is saved yet. */
async function confirm(ctx: AppCtx, wanted: Wanted, zoneBefore: string | undefined): Promise<Reply> {
  const { when, template, zone, schedule } = wanted;
  const { parts, next } = understandSchedule(when, zone, ctx.now);
  const { title } = await askedBy(ctx, template);
  const moves = zoneBefore !== undefined && zoneBefore !== zone;
  const again = { when, own: template, schedule, zone };
  return {
    summary: ctx.t('schedule.confirm'),
    blocks: [
      { kind: 'heading', text: ctx.t('schedule.confirm') },
      {
        kind: 'facts',
        facts: [
          { label: ctx.t('schedule.when'), value: describeWhen(ctx, parts) },
          { label: ctx.t('schedule.questions'), value: title },
          { label: ctx.t('schedule.zone.label'), value: zone },
        ],
      },
      { kind: 'text', text: ctx.t('schedule.next', { count: next.length }) },
      { kind: 'list', items: next.map((time): Text => [moment(ctx, time, zone)]) },
      ...(moves ? [{ kind: 'note' as const, text: ctx.t('schedule.zone.moves', { before: zoneBefore, zone }) }] : []),
      { kind: 'note', text: ctx.t((await agreedThread(ctx.scope)) ? 'unreached.howItComes' : 'schedule.howItComes') },
      {
        kind: 'buttons',
        buttons: [
          {
            label: ctx.t('schedule.save'),
            style: 'primary',
            act: { path: ['checkin', 'save'], input: { when, template, zone, schedule }, does: 'edit' },
          },
          { label: ctx.t('schedule.change'), act: { path: ['checkin', 'schedule'], input: again, does: 'form' } },
          { label: ctx.t('schedule.cancel'), act: { path: ['checkin', 'cancel'], does: 'edit' } },
        ],
      },
    ],
  };
}

export const checkInSchedule = defineCommand({
  path: ['checkin', 'schedule'],
  role: 'anyone',
  reply: 'private',
  params: {
    when: param.text({ shown: 'asked', required: true, max: 200 }),
    template: templateParam,
    zone: param.zone({}),
    own: param.ref({}),
    schedule: param.ref({}),
  },
  async run({ when, template, zone: given, own, schedule }, ctx) {
    const known = await ownZone(ctx.scope);
    const wanted = { when, template: template ?? own ?? QUICK, ...(schedule !== undefined && { schedule }) };
    // Told at once when the words cannot be read, before anything else is asked.
    understandSchedule(when, given ?? known ?? ctx.scope.member.zone, ctx.now);
    const zone = given ?? known;
    return zone === undefined ? askZone(ctx, wanted) : confirm(ctx, { ...wanted, zone }, known);
  },
});

const listButton = (ctx: AppCtx): Block<Tap> => ({
  kind: 'buttons',
  buttons: [{ label: ctx.t('schedule.seeList'), act: { path: ['checkin', 'list'] } }],
});

const checkInSave = defineCommand({
  path: ['checkin', 'save'],
  ...tapped,
  params: {
    when: param.ref({ required: true }),
    template: param.ref({ required: true }),
    zone: param.ref({ required: true }),
    schedule: param.ref({}),
  },
  async run({ schedule, ...wanted }, ctx) {
    const first = await saveSchedule(ctx.scope, { ...wanted, ...(schedule !== undefined && { id: schedule }) });
    const text = first
      ? ctx.rich<Span & object>('schedule.saved', { when: moment(ctx, first, wanted.zone) })
      : ctx.t('schedule.over');
    const why = await whyUnreached(ctx.scope);
    const blocks = [{ kind: 'text' as const, text }, ...(why ? unreachedBlocks(ctx, why) : []), listButton(ctx)];
    return { summary: ctx.t('schedule.savedShort'), blocks };
  },
});

const checkInCancel = defineCommand({
  path: ['checkin', 'cancel'],
  ...tapped,
  params: {},
  async run(_args, ctx) {
    return said(ctx.t('schedule.cancelled'));
  },
});

export const scheduleCommands: readonly AnyCommand[] = [checkInSchedule, checkInSave, checkInCancel];
