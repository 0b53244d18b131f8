import { type Block, type Button, type Reply, shorten, type Tap, type Text, UserError } from '../src/chat/index.js';
import { actorOf } from '../src/core/live/act.js';
import { EXTRA_MINUTES } from '../src/core/live/kinds.js';
import { isChairGone, leads, SWITCHES } from '../src/core/live/machine.js';
import type { LiveView } from '../src/core/live/view.js';
import { stepsOf } from '../src/core/live/words.js';
import type { AppCtx } from './define.js';
import { button, liveTap, personOf, placeFacts, viewOf } from './live-words.js';

/** Names of those who wait, as many as a select has room for. */
const NAMED = 25;

/** A tap that puts its answer in the panel's place. */
export const edit = (sub: string, live: string, input: Tap['input'] = {}) => liveTap(sub, live, input, 'edit');

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
    .map(({ title }, at) => ({ value: String(at), label: shorten(`${at + 1}. ${title}`, 75) }))
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

/**
 * What whoever leads has before them: where the session is, who waits, and everything that can be done about it. Without a leader it
 * is what everybody may do, and for the co-chair beside a chair whether they may take over.
 * @param text what just happened
 * @throws UserError for everybody else, and when it is over
 */
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
