import { mentorCard } from '../src/cards/mentor-card.js';
import { valueKey } from '../src/cards/pairing-words.js';
import type { Block, Button, Reply, Span, Tap, Text } from '../src/chat/index.js';
import { labelsOf } from '../src/core/communities/labels.js';
import { draftOf } from '../src/core/pairing/mentor/draft.js';
import { type MentorPage, mentorPage } from '../src/core/pairing/mentor/profile.js';
import { NO_END } from '../src/core/pairing/mentor/work.js';
import { type Lack, restOf } from '../src/core/pairing/offerable.js';
import type { AppCtx } from './define.js';
import { formButtons } from './mentor-preview.js';
import { moment } from './schedule-words.js';

export function lackText(ctx: AppCtx, lack: Lack): string {
  if (lack.what === 'recovery')
    return ctx.t('mentor.lacks.recovery', { needs: ctx.t(valueKey('recoveries', lack.needs)).toLowerCase() });
  return lack.what === 'training' ? ctx.t('mentor.lacks.training') : ctx.t('mentor.lacks.vouches', { ...lack });
}

/** Whether somebody new may come to them now. That a coordinator looks into something is not told here, nor the contrary. */
function standing(ctx: AppCtx, { profile, lacks }: MentorPage): Block<Tap>[] {
  const rest = restOf({ ...profile, heldAt: null }, ctx.now);
  if (rest === 'paused' && profile.pausedUntil && profile.pausedUntil < NO_END)
    return [{ kind: 'text', text: ctx.rich<Span & object>('mentor.rests.until', { when: moment(ctx, profile.pausedUntil) }) }];
  if (rest === 'paused' || rest === 'lapsed' || rest === 'ended') return [{ kind: 'text', text: ctx.t(`mentor.rests.${rest}`) }];
  if (lacks.length === 0) return profile.heldAt ? [] : [{ kind: 'text', text: ctx.t('mentor.rests.no') }];
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
export async function pageReply(ctx: AppCtx, said?: Text, more: readonly Block<Tap>[] = []): Promise<Reply> {
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
