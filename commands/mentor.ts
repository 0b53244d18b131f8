import { type Block, param, type Reply, type Span, type Tap, type Text, UserError } from '../src/chat/index.js';
import { confirmProfile } from '../src/core/pairing/mentor/confirm.js';
import { mentorDraftSchema } from '../src/core/pairing/mentor/draft.js';
import { pauseMentor, resumeMentor, stopMentor } from '../src/core/pairing/mentor/pause.js';
import { saveMentor } from '../src/core/pairing/mentor/save.js';
import { restrictedUntil } from '../src/core/pairing/restrict.js';
import { type AppCtx, defineCommand, defineUnheldCommand, tapped } from './define.js';
import { pageReply } from './mentor-page.js';
import { draftRef } from './mentor-preview.js';
import { moment } from './schedule-words.js';

const one = (text: Text, summary: string, more: readonly Block<Tap>[] = []): Reply => ({
  summary,
  blocks: [{ kind: 'text', text }, ...more],
});

export const mentorVolunteer = defineCommand({
  path: ['mentor', 'volunteer'],
  role: 'anyone',
  reply: 'private',
  params: {},
  async run(_args, ctx) {
    const until = await restrictedUntil(ctx.scope.db, ctx.scope.member.id, 'volunteer', ctx.now);
    return until ? pageReply(ctx, ctx.t('sponsor.restrict.you.volunteer')) : pageReply(ctx);
  },
});

/** Why somebody pauses. `care`: for themselves, and whom they help is told that, without a why. */
const REASONS = ['rest', 'care'] as const;

export const mentorPause = defineUnheldCommand({
  path: ['mentor', 'pause'],
  role: 'anyone',
  reply: 'private',
  form: 'when-empty',
  params: { until: param.when({}), reason: param.choice(REASONS, {}) },
  async run({ until: said, reason }, ctx) {
    const until = said?.at(ctx.scope.member.zone, ctx.now, true)?.instant;
    if (said && !until) throw new UserError('chat.problems.when');
    await pauseMentor(ctx.scope, { ...(until && { until }), tell: reason === 'care' });
    const text = until ? ctx.rich<Span & object>('mentor.pausedUntil', { when: moment(ctx, until) }) : ctx.t('mentor.pausedOpen');
    if (reason !== 'care') return pageReply(ctx, text);
    const ways = { crisis: { command: ['crisis'] as const }, support: { command: ['support', 'now'] as const } };
    return one(ctx.t('mentor.care.warm'), ctx.t('mentor.care.summary'), [
      { kind: 'text', text: ctx.rich<Span & object>('mentor.care.ways', ways) },
      { kind: 'text', text },
      { kind: 'note', text: ctx.t('mentor.care.covered') },
      {
        kind: 'buttons',
        buttons: [
          { label: ctx.t('mentor.away.now'), style: 'primary', act: { path: ['support', 'now'] } },
          { label: ctx.t('mentor.care.handover'), act: { path: ['mentor', 'handover'], does: 'form' } },
        ],
      },
    ]);
  },
});

export const mentorResume = defineCommand({
  path: ['mentor', 'resume'],
  role: 'anyone',
  reply: 'private',
  params: {},
  async run(_args, ctx) {
    await resumeMentor(ctx.scope);
    return pageReply(ctx, ctx.t('mentor.resumed'));
  },
});

/** The last tap. It takes the place of the preview; a second one says the same. */
const mentorSave = defineCommand({
  path: ['mentor', 'save'],
  ...tapped,
  params: { draft: draftRef },
  async run({ draft }, ctx) {
    if (draft === undefined) throw new UserError('chat.errors.unknownTap');
    await saveMentor(ctx.scope, mentorDraftSchema.parse(JSON.parse(draft)));
    return pageReply(ctx, ctx.t('mentor.saved'));
  },
});

const mentorDrop = defineUnheldCommand({
  path: ['mentor', 'drop'],
  ...tapped,
  params: {},
  async run(_args, ctx) {
    const text = ctx.t('mentor.dropped');
    return one(text, text);
  },
});

/** One tap must not erase what took an evening to write. */
function askWhetherSure(ctx: AppCtx): Reply {
  const text = ctx.t('mentor.stopSure');
  return one(text, text, [
    {
      kind: 'buttons',
      buttons: [
        {
          label: ctx.t('mentor.stop'),
          style: 'danger',
          act: { path: ['mentor', 'stop'], input: { sure: 'yes' }, does: 'edit' },
        },
        { label: ctx.t('mentor.pause'), act: { path: ['mentor', 'pause'], does: 'form' } },
        { label: ctx.t('mentor.goOn'), act: { path: ['mentor', 'volunteer'], does: 'edit' } },
      ],
    },
  ]);
}

const mentorStop = defineUnheldCommand({
  path: ['mentor', 'stop'],
  ...tapped,
  params: { sure: param.ref({}) },
  async run({ sure }, ctx) {
    if (sure === undefined) return askWhetherSure(ctx);
    await stopMentor(ctx.scope);
    return pageReply(ctx, ctx.t('mentor.stopped'));
  },
});

/** "Yes, all of it still holds." */
const mentorConfirm = defineCommand({
  path: ['mentor', 'confirm'],
  ...tapped,
  params: {},
  async run(_args, ctx) {
    await confirmProfile(ctx.scope);
    const text = ctx.t('mentor.confirmed');
    return one(text, text);
  },
});

export const mentorTaps = [mentorSave, mentorDrop, mentorStop, mentorConfirm];
