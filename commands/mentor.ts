import { mentorCard } from '../src/cards/mentor-card.js';
import { valueKey } from '../src/cards/pairing-words.js';
import { type Block, type Button, param, type Reply, type Span, type Tap, type Text, UserError } from '../src/chat/index.js';
import { labelsOf } from '../src/core/communities/labels.js';
import { confirmProfile } from '../src/core/pairing/mentor/confirm.js';
import { draftOf, mentorDraftSchema } from '../src/core/pairing/mentor/draft.js';
import { pauseMentor, resumeMentor, stopMentor } from '../src/core/pairing/mentor/pause.js';
import { type MentorPage, mentorPage } from '../src/core/pairing/mentor/profile.js';
import { saveMentor } from '../src/core/pairing/mentor/save.js';
import { NO_END } from '../src/core/pairing/mentor/work.js';
import { type Lack, restOf } from '../src/core/pairing/offerable.js';
import { type AppCtx, defineCommand, tapped } from './define.js';
import { draftRef, formButtons } from './mentor-preview.js';
import { moment } from './schedule-words.js';

const one = (text: Text, summary: string, more: readonly Block<Tap>[] = []): Reply => ({
  summary,
  blocks: [{ kind: 'text', text }, ...more],
});

export function lackText(ctx: AppCtx, lack: Lack): string {
  if (lack.what === 'recovery')
    return ctx.t('mentor.lacks.recovery', { needs: ctx.t(valueKey('recoveries', lack.needs)).toLowerCase() });
  return lack.what === 'training' ? ctx.t('mentor.lacks.training') : ctx.t('mentor.lacks.vouches', { ...lack });
}

/** Whether somebody new may come to them now. That a coordinator looks into something is not told here. */
function standing(ctx: AppCtx, { profile, lacks }: MentorPage): Block<Tap>[] {
  const rest = restOf({ ...profile, heldAt: null }, ctx.now);
  if (rest === 'paused' && profile.pausedUntil && profile.pausedUntil < NO_END)
    return [{ kind: 'text', text: ctx.rich<Span & object>('mentor.rests.until', { when: moment(ctx, profile.pausedUntil) }) }];
  if (rest === 'paused' || rest === 'lapsed' || rest === 'ended') return [{ kind: 'text', text: ctx.t(`mentor.rests.${rest}`) }];
  if (lacks.length === 0) return [{ kind: 'text', text: ctx.t('mentor.rests.no') }];
  return [
    { kind: 'text', text: ctx.t('mentor.lacks.title') },
    { kind: 'list', items: lacks.map((lack) => lackText(ctx, lack)) },
  ];
}

function pageButtons(ctx: AppCtx, { profile }: MentorPage): Button<Tap>[] {
  const act = (sub: string, does: 'edit' | 'form' = 'edit'): Tap => ({ path: ['mentor', sub], does });
  const rest = restOf({ ...profile, heldAt: null }, ctx.now);
  return [
    rest === undefined
      ? { label: ctx.t('mentor.pause'), act: act('pause', 'form') }
      : { label: ctx.t('mentor.resume'), style: 'primary', act: act('resume') },
    ...(rest === 'ended' ? [] : [{ label: ctx.t('mentor.stop'), act: act('stop') }]),
  ];
}

/** A member's own profile. @param said what just happened */
async function pageReply(ctx: AppCtx, said?: Text, more: readonly Block<Tap>[] = []): Promise<Reply> {
  const page = await mentorPage(ctx.scope, ctx.scope.member.id);
  if (!page) return begin(ctx, said);
  const { profile, view, taken } = page;
  const text = ctx.t('mentor.title', { word: (await labelsOf(ctx.scope)).sponsor });
  return {
    summary: text,
    blocks: [
      ...(said === undefined ? [] : [{ kind: 'text' as const, text: said }, ...more]),
      { kind: 'heading', text },
      ...standing(ctx, page),
      ...mentorCard(ctx, view),
      { kind: 'note', text: `${ctx.t('mentor.places', { taken, capacity: profile.capacity })} ${ctx.t('mentor.nameless')}` },
      { kind: 'buttons', buttons: pageButtons(ctx, page) },
      ...formButtons(ctx, draftOf(view, profile.capacity)),
    ],
  };
}

/** What it is to volunteer, before anything is asked. */
async function begin(ctx: AppCtx, said?: Text): Promise<Reply> {
  const text = ctx.t('mentor.intro', { word: (await labelsOf(ctx.scope)).sponsor });
  return {
    summary: text,
    blocks: [
      ...(said === undefined ? [] : [{ kind: 'text' as const, text: said }]),
      { kind: 'text', text },
      { kind: 'note', text: `${ctx.t('mentor.nameless')} ${ctx.t('mentor.untilSaved')}` },
      {
        kind: 'buttons',
        buttons: [
          {
            label: ctx.t('mentor.begin'),
            style: 'primary',
            act: { path: ['mentor', 'basics'], input: { capacity: 1 }, does: 'form' },
          },
        ],
      },
    ],
  };
}

export const mentorVolunteer = defineCommand({
  path: ['mentor', 'volunteer'],
  role: 'anyone',
  reply: 'private',
  params: {},
  run: (_args, ctx) => pageReply(ctx),
});

/** Why somebody pauses. `care`: for themselves, and whom they help is told that, without a why. */
const REASONS = ['rest', 'care'] as const;

export const mentorPause = defineCommand({
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

const mentorDrop = defineCommand({
  path: ['mentor', 'drop'],
  ...tapped,
  params: {},
  async run(_args, ctx) {
    const text = ctx.t('mentor.dropped');
    return one(text, text);
  },
});

const mentorStop = defineCommand({
  path: ['mentor', 'stop'],
  ...tapped,
  params: {},
  async run(_args, ctx) {
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
