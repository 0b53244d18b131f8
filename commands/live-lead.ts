import { param, type Reply, worded } from '../src/chat/index.js';
import { act, actorOf, mustBecome } from '../src/core/live/act.js';
import { EXTRA_MINUTES } from '../src/core/live/kinds.js';
import { type Lead, leads, type Switch } from '../src/core/live/machine.js';
import type { LiveState } from '../src/core/live/moves.js';
import { memberNamed } from '../src/core/members/behind.js';
import { type AppCtx, defineCommand, defineUnheldCommand, tappedByRole } from './define.js';
import { edit, panel } from './live-panel.js';
import { button, liveParam, liveTap, viewOf } from './live-words.js';
import { said, saidWith } from './said.js';

const livePanel = defineCommand({
  path: ['live', 'panel'],
  ...tappedByRole,
  params: liveParam,
  async run({ live }, ctx) {
    const view = await viewOf(ctx, live, 0);
    if (leads(view.state, actorOf(ctx.scope))) await act(ctx.scope, live, { kind: 'look' });
    return panel(ctx, live);
  },
});

/** The turn that was seen is not the turn any more: nothing was done, so that a tap twice is one. */
function isStale({ sharing }: LiveState, event: Lead): boolean {
  if (event.kind === 'next' || event.kind === 'skip') return sharing?.id !== event.seen;
  return event.kind === 'extend' && sharing?.until.getTime() !== event.until.getTime();
}

async function led(ctx: AppCtx, live: string, event: Lead): Promise<Reply> {
  const { before, after } = await act(ctx.scope, live, event);
  if (after.endedAt) return said(ctx.t('live.panel.ended'));
  return panel(ctx, live, isStale(before, event) ? ctx.t('live.panel.changed') : undefined);
}

const seenParam = { seen: param.ref({}) };
const seenOf = (seen: string | undefined) => seen || undefined;

const liveNext = defineCommand({
  path: ['live', 'next'],
  ...tappedByRole,
  params: { ...liveParam, ...seenParam },
  run: ({ live, seen }, ctx) => led(ctx, live, { kind: 'next', seen: seenOf(seen) }),
});

const liveSkip = defineCommand({
  path: ['live', 'skip'],
  ...tappedByRole,
  params: { ...liveParam, ...seenParam, to: param.ref({ required: true }) },
  run: ({ live, seen, to }, ctx) => led(ctx, live, { kind: 'skip', seen: seenOf(seen), to }),
});

const liveStep = defineCommand({
  path: ['live', 'step'],
  ...tappedByRole,
  params: { ...liveParam, step: param.ref({ required: true }) },
  run: ({ live, step }, ctx) => led(ctx, live, { kind: 'step', to: Number(step) }),
});

const liveExtend = defineCommand({
  path: ['live', 'extend'],
  ...tappedByRole,
  params: { ...liveParam, until: param.ref({ required: true }) },
  run: ({ live, until }, ctx) => led(ctx, live, { kind: 'extend', until: new Date(Number(until)), minutes: EXTRA_MINUTES }),
});

const livePause = defineUnheldCommand({
  path: ['live', 'pause'],
  ...tappedByRole,
  params: liveParam,
  run: ({ live }, ctx) => led(ctx, live, { kind: 'pause' }),
});

const liveResume = defineCommand({
  path: ['live', 'resume'],
  ...tappedByRole,
  params: liveParam,
  run: ({ live }, ctx) => led(ctx, live, { kind: 'resume' }),
});

const liveSwitch = defineCommand({
  path: ['live', 'switch'],
  ...tappedByRole,
  params: { ...liveParam, which: param.ref({ required: true }), on: param.ref({ required: true }) },
  run: ({ live, which, on }, ctx) => led(ctx, live, { kind: 'switch', which: which as Switch, on: on === 'yes' }),
});

const liveTake = defineCommand({
  path: ['live', 'take'],
  ...tappedByRole,
  params: liveParam,
  async run({ live }, ctx) {
    await act(ctx.scope, live, { kind: 'take' });
    return panel(ctx, live, ctx.t('live.panel.taken'));
  },
});

const liveHand = defineCommand({
  path: ['live', 'hand'],
  ...tappedByRole,
  form: 'always',
  title: 'live.panel.handOver',
  params: {
    to: worded(param.member({ required: true }), { label: 'live.form.to', help: 'live.form.toHelp' }),
    ...liveParam,
  },
  async run({ live, to }, ctx) {
    const next = await memberNamed(ctx.scope, { platform: ctx.platform, userId: to });
    const { after } = await act(ctx.scope, live, { kind: 'handOver', to: next.id });
    const text = ctx.rich<{ mention: string }>('live.panel.handed', { person: { mention: to } });
    const summary = ctx.t('live.panel.handedSummary');
    const stays = leads(after, actorOf(ctx.scope));
    return {
      summary,
      blocks: [
        { kind: 'text', text },
        ...(stays ? [{ kind: 'buttons' as const, buttons: [button(ctx.t('live.lead'), liveTap('panel', live))] }] : []),
      ],
    };
  },
});

/** One more tap, because it cannot be taken back. */
const liveEnding = defineUnheldCommand({
  path: ['live', 'ending'],
  ...tappedByRole,
  params: liveParam,
  async run({ live }, ctx) {
    const { state } = await viewOf(ctx, live, 0);
    mustBecome(ctx.scope, state, { kind: 'end' });
    const buttons = [
      button(ctx.t('live.panel.endNow'), edit('end', live), 'danger'),
      button(ctx.t('live.panel.goOn'), edit('panel', live)),
    ];
    return saidWith(ctx.t('live.panel.reallyEnd', { count: state.hands.length }), buttons);
  },
});

const liveEnd = defineUnheldCommand({
  path: ['live', 'end'],
  ...tappedByRole,
  params: liveParam,
  run: ({ live }, ctx) => led(ctx, live, { kind: 'end' }),
});

/** What only those do who lead. */
export const liveLeadTaps = [
  ...[livePanel, liveNext, liveSkip, liveStep, liveExtend, livePause, liveResume, liveSwitch],
  ...[liveTake, liveHand, liveEnding, liveEnd],
];
