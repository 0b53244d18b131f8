import { type Button, param, type Span, type Tap, type Text, UserError } from '../src/chat/index.js';
import { MINUTE, WELCOME } from '../src/core/live/kinds.js';
import type { LiveView, Person } from '../src/core/live/view.js';
import { viewLive } from '../src/core/live/view.js';
import { stepEnd, stepsOf } from '../src/core/live/words.js';
import type { AppCtx } from './define.js';

export type Rich = Span & object;

/** What every button of a live session points at. */
export const liveParam = { live: param.ref({ required: true }) };

/** Bound to nobody, so that nothing keeps who pressed what; whether it is theirs is decided at the moment of the tap. */
export const liveTap = (sub: string, live: string, more: Tap['input'] = {}, does: Tap['does'] = 'reply'): Tap => ({
  path: ['live', sub],
  input: { live, ...more },
  does,
  by: 'anyone',
});

export const button = (label: string, act: Tap, style?: Button<Tap>['style']): Button<Tap> => ({
  label,
  act,
  ...(style && { style }),
});

/** The session as this reader may see it. @throws UserError when it is gone or over */
export async function viewOf(ctx: AppCtx, live: string, named?: number): Promise<LiveView> {
  const view = await viewLive(ctx.scope, live, { platform: ctx.platform, ...(named !== undefined && { named }) });
  if (!view || view.state.endedAt) throw new UserError('live.refused.over');
  return view;
}

export const personOf = (ctx: AppCtx, { account }: Pick<Person, 'account'>): Rich | string =>
  account === undefined ? ctx.t('live.somebodyElsewhere') : { mention: account };

export const clockTime = (ctx: AppCtx, time: Date): Rich => ({ time, style: 'time', zone: ctx.scope.member.zone });

/** Where the session is: step, who shares, who waits. Lines for a list of facts. */
export function placeFacts(ctx: AppCtx, view: LiveView): { label: string; value: Text }[] {
  const { state, sharing } = view;
  const steps = stepsOf(ctx, view.script, view.minutes);
  const step = steps[state.step];
  const place = { step: state.step + 1, steps: steps.length, title: step?.title ?? '' };
  const shares: Text = !sharing
    ? ctx.t('live.nobody')
    : state.pausedAt || !state.sharing
      ? [personOf(ctx, sharing)]
      : ctx.rich<Rich>('live.until', { person: personOf(ctx, sharing), when: clockTime(ctx, state.sharing.until) });
  return [
    { label: ctx.t('live.facts.step'), value: ctx.t('live.card.step', place) },
    ...(step && !state.pausedAt
      ? [{ label: ctx.t('live.facts.stepUntil'), value: [clockTime(ctx, stepEnd(state.stepSince, step))] }]
      : []),
    { label: ctx.t('live.facts.shares'), value: shares },
    { label: ctx.t('live.facts.hands'), value: String(state.hands.length) },
    ...(state.pausedAt ? [{ label: ctx.t('live.facts.clock'), value: ctx.t('live.facts.paused') }] : []),
    { label: ctx.t('live.facts.ends'), value: [clockTime(ctx, new Date(state.startedAt.getTime() + view.minutes * MINUTE))] },
  ];
}

export const isWelcome = ({ state }: LiveView, now: Date): boolean => now.getTime() - state.startedAt.getTime() <= WELCOME;
