import { type Block, type Button, param, type Reply, type Tap, type Text, UserError, worded } from '../src/chat/index.js';
import { act, actorOf } from '../src/core/live/act.js';
import { EXTRA_MINUTES } from '../src/core/live/kinds.js';
import { isChairGone, type Lead, type LiveState, leads, SWITCHES, type Switch } from '../src/core/live/machine.js';
import type { LiveView } from '../src/core/live/view.js';
import { stepsOf } from '../src/core/live/words.js';
import { memberBehind } from '../src/core/members/behind.js';
import { type AppCtx, defineCommand, defineUnheldCommand } from './define.js';
import { button, liveParam, liveTap, personOf, placeFacts, viewOf } from './live-words.js';

/** Names of those who wait, as many as a select has room for. */
const NAMED = 25;

const edit = (sub: string, live: string, input: Tap['input'] = {}) => liveTap(sub, live, input, 'edit');

/** The turn that a reader saw, so that a second tap of the same button does nothing. */
const seenIn = ({ state }: LiveView) => ({ seen: state.sharing?.id ?? '' });

function turnButtons(ctx: AppCtx, view: LiveView): Button<Tap>[] {
  const { id, state } = view;
  const { sharing } = state;
  const extended = { until: String(sharing?.until.getTime() ?? 0) };
  return [
    button(ctx.t('live.panel.next'), edit('next', id, seenIn(view)), 'primary'),
    ...(sharing ? [button(ctx.t('live.panel.extend', { minutes: EXTRA_MINUTES }), edit('extend', id, extended))] : []),
    ...(state.step + 1 < state.steps
      ? [button(ctx.t('live.panel.nextStep'), edit('step', id, { step: String(state.step + 1) }))]
      : []),
  ];
}

const SWITCH_WORDS = {
  isMuted: { true: 'live.panel.unmute', false: 'live.panel.mute' },
  isClosed: { true: 'live.panel.open', false: 'live.panel.close' },
  allowsUnnamed: { true: 'live.panel.named', false: 'live.panel.unnamed' },
  isQuiet: { true: 'live.panel.loud', false: 'live.panel.quiet' },
} as const;

const switchButtons = (ctx: AppCtx, { id, state, room, card }: LiveView): Button<Tap>[] =>
  SWITCHES.filter((which) => which !== 'isQuiet' || (room && ctx.can.rooms && ctx.platform === card.platform)).map((which) =>
    button(ctx.t(SWITCH_WORDS[which][`${state[which]}`]), edit('switch', id, { which, on: state[which] ? 'no' : 'yes' })),
  );

function seatButtons(ctx: AppCtx, { id, state }: LiveView): Button<Tap>[] {
  const isChair = state.chair === ctx.scope.member.id;
  return [
    button(ctx.t('live.panel.handOver'), liveTap('hand', id, {}, 'form')),
    ...(isChair ? [] : [button(ctx.t('live.panel.take'), edit('take', id))]),
    button(ctx.t('live.panel.end'), edit('ending', id), 'danger'),
  ];
}

function selects(ctx: AppCtx, view: LiveView): Block<Tap>[] {
  const { id, line, state } = view;
  const hands = line.map(({ hand }, at) => ({ value: hand, label: ctx.t('live.panel.number', { number: at + 1 }) }));
  const steps = stepsOf(ctx, view.script, view.minutes)
    .map(({ title }, at) => ({ value: String(at), label: `${at + 1}. ${title}`.slice(0, 75) }))
    .filter(({ value }) => value !== String(state.step));
  return [
    ...(hands.length > 1
      ? [
          {
            kind: 'select' as const,
            placeholder: ctx.t('live.panel.skip'),
            act: edit('skip', id, seenIn(view)),
            param: 'to',
            options: hands,
          },
        ]
      : []),
    ...(steps.length > 0
      ? [{ kind: 'select' as const, placeholder: ctx.t('live.panel.goTo'), act: edit('step', id), param: 'step', options: steps }]
      : []),
  ];
}

const line = (ctx: AppCtx, { line: people }: LiveView): Block<Tap>[] =>
  people.length === 0
    ? []
    : [
        {
          kind: 'list',
          items: people.map(
            (person, at): Text => [
              `${ctx.t('live.panel.number', { number: at + 1 })}: `,
              personOf(ctx, person),
              ...(person.isNew ? [` (${ctx.t('live.panel.isNew')})`] : []),
            ],
          ),
        },
      ];

/** Everything for whoever leads, in one message that only they see. */
function whole(ctx: AppCtx, view: LiveView): Block<Tap>[] {
  const { id, state } = view;
  const clock = state.pausedAt
    ? button(ctx.t('live.panel.resume'), edit('resume', id))
    : button(ctx.t('live.panel.pause'), edit('pause', id));
  return [
    { kind: 'facts', facts: placeFacts(ctx, view) },
    ...line(ctx, view),
    { kind: 'buttons', buttons: [...turnButtons(ctx, view), clock] },
    ...selects(ctx, view),
    { kind: 'buttons', buttons: switchButtons(ctx, view) },
    { kind: 'buttons', buttons: seatButtons(ctx, view) },
    ...(view.card.isUnseen ? [{ kind: 'note' as const, text: ctx.t('live.panel.unseen') }] : []),
    { kind: 'note', text: ctx.t('live.panel.onlyYou') },
  ];
}

/** Without a leader everybody keeps it going. */
function shared(ctx: AppCtx, view: LiveView): Block<Tap>[] {
  const { id, state } = view;
  const [next, ...more] = turnButtons(ctx, { ...view, state: { ...state, sharing: undefined } as never });
  const mayEnd = ctx.now >= state.closesAt;
  const isCoChair = state.coChair === ctx.scope.member.id;
  return [
    { kind: 'text', text: ctx.t('live.panel.everybody') },
    { kind: 'facts', facts: placeFacts(ctx, view) },
    {
      kind: 'buttons',
      buttons: [
        ...(next ? [{ ...next, act: edit('next', id, seenIn(view)) }] : []),
        ...more,
        ...(isCoChair ? [button(ctx.t('live.panel.take'), edit('take', id))] : []),
        ...(mayEnd ? [button(ctx.t('live.panel.end'), edit('ending', id), 'danger')] : []),
      ],
    },
  ];
}

/** For the co-chair while another leads. */
function beside(ctx: AppCtx, { id, state }: LiveView): Block<Tap>[] {
  const gone = isChairGone(state, ctx.now);
  return [
    { kind: 'text', text: ctx.t(gone ? 'live.panel.chairGone' : 'live.panel.chairHere') },
    {
      kind: 'buttons',
      buttons: [
        gone
          ? button(ctx.t('live.panel.take'), edit('take', id), 'primary')
          : button(ctx.t('live.panel.lookAgain'), edit('panel', id)),
      ],
    },
  ];
}

export async function panel(ctx: AppCtx, live: string, text?: string): Promise<Reply> {
  const view = await viewOf(ctx, live, NAMED);
  const { state } = view;
  const actor = actorOf(ctx.scope);
  const isLeading = leads(state, actor);
  if (!isLeading && state.chair !== undefined && state.coChair !== actor.member) throw new UserError('live.refused.notLeading');
  const blocks = isLeading ? whole(ctx, view) : state.chair === undefined ? shared(ctx, view) : beside(ctx, view);
  return {
    summary: ctx.t('live.panel.summary'),
    blocks: [{ kind: 'heading', text: view.title }, ...(text ? [{ kind: 'text' as const, text }] : []), ...blocks],
  };
}

const leading = { role: 'anyone', asksRoles: true, reply: 'private', hidden: true } as const;

const livePanel = defineCommand({
  path: ['live', 'panel'],
  ...leading,
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
  if (after.endedAt) {
    const text = ctx.t('live.panel.ended');
    return { summary: text, blocks: [{ kind: 'text', text }] };
  }
  return panel(ctx, live, isStale(before, event) ? ctx.t('live.panel.changed') : undefined);
}

const seenParam = { seen: param.ref({}) };
const seenOf = (seen: string | undefined) => seen || undefined;

const liveNext = defineCommand({
  path: ['live', 'next'],
  ...leading,
  params: { ...liveParam, ...seenParam },
  run: ({ live, seen }, ctx) => led(ctx, live, { kind: 'next', seen: seenOf(seen) }),
});

const liveSkip = defineCommand({
  path: ['live', 'skip'],
  ...leading,
  params: { ...liveParam, ...seenParam, to: param.ref({ required: true }) },
  run: ({ live, seen, to }, ctx) => led(ctx, live, { kind: 'skip', seen: seenOf(seen), to }),
});

const liveStep = defineCommand({
  path: ['live', 'step'],
  ...leading,
  params: { ...liveParam, step: param.ref({ required: true }) },
  run: ({ live, step }, ctx) => led(ctx, live, { kind: 'step', to: Number(step) }),
});

const liveExtend = defineCommand({
  path: ['live', 'extend'],
  ...leading,
  params: { ...liveParam, until: param.ref({ required: true }) },
  run: ({ live, until }, ctx) => led(ctx, live, { kind: 'extend', until: new Date(Number(until)), minutes: EXTRA_MINUTES }),
});

const livePause = defineUnheldCommand({
  path: ['live', 'pause'],
  ...leading,
  params: liveParam,
  run: ({ live }, ctx) => led(ctx, live, { kind: 'pause' }),
});

const liveResume = defineCommand({
  path: ['live', 'resume'],
  ...leading,
  params: liveParam,
  run: ({ live }, ctx) => led(ctx, live, { kind: 'resume' }),
});

const liveSwitch = defineCommand({
  path: ['live', 'switch'],
  ...leading,
  params: { ...liveParam, which: param.ref({ required: true }), on: param.ref({ required: true }) },
  run: ({ live, which, on }, ctx) => led(ctx, live, { kind: 'switch', which: which as Switch, on: on === 'yes' }),
});

const liveTake = defineCommand({
  path: ['live', 'take'],
  ...leading,
  params: liveParam,
  async run({ live }, ctx) {
    await act(ctx.scope, live, { kind: 'take' });
    return panel(ctx, live, ctx.t('live.panel.taken'));
  },
});

const liveHand = defineCommand({
  path: ['live', 'hand'],
  ...leading,
  form: 'always',
  title: 'live.panel.handOver',
  params: {
    to: worded(param.member({ required: true }), { label: 'live.form.to', help: 'live.form.toHelp' }),
    ...liveParam,
  },
  async run({ live, to }, ctx) {
    const next = await memberBehind(ctx.scope.db, { platform: ctx.platform, userId: to });
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
  ...leading,
  params: liveParam,
  async run({ live }, ctx) {
    const { state } = await viewOf(ctx, live, 0);
    const text = ctx.t('live.panel.reallyEnd', { count: state.hands.length });
    return {
      summary: text,
      blocks: [
        { kind: 'text', text },
        {
          kind: 'buttons',
          buttons: [
            button(ctx.t('live.panel.endNow'), edit('end', live), 'danger'),
            button(ctx.t('live.panel.goOn'), edit('panel', live)),
          ],
        },
      ],
    };
  },
});

const liveEnd = defineUnheldCommand({
  path: ['live', 'end'],
  ...leading,
  params: liveParam,
  run: ({ live }, ctx) => led(ctx, live, { kind: 'end' }),
});

/** What only those do who lead. */
export const liveLeadTaps = [
  ...[livePanel, liveNext, liveSkip, liveStep, liveExtend, livePause, liveResume, liveSwitch],
  ...[liveTake, liveHand, liveEnding, liveEnd],
];
