import { type Block, param, type Reply, type Tap, worded } from '../src/chat/index.js';
import { act } from '../src/core/live/act.js';
import { SHARE_LIMIT } from '../src/core/live/kinds.js';
import { raise, type Standing, sayNew, standing } from '../src/core/live/raise.js';
import { takeDown, writeShare } from '../src/core/live/share.js';
import { stepsOf } from '../src/core/live/words.js';
import { type AppCtx, defineCommand, defineUnheldCommand, tapped } from './define.js';
import { button, clockTime, isWelcome, liveParam, liveTap, placeFacts, type Rich, viewOf } from './live-words.js';
import { said } from './said.js';

/** Where the reader's own hand stands, and what they can do about it. */
function ownHand(ctx: AppCtx, live: string, stands: Standing | undefined): Block<Tap>[] {
  if (!stands) return [{ kind: 'text', text: ctx.t('live.own.none') }];
  if (stands.state === 'sharing') {
    return [
      { kind: 'text', text: ctx.rich<Rich>('live.own.sharing', { until: clockTime(ctx, stands.until) }) },
      {
        kind: 'buttons',
        buttons: [button(ctx.t('live.done'), liveTap('done', live)), button(ctx.t('live.pass'), liveTap('pass', live))],
      },
    ];
  }
  return [
    { kind: 'text', text: ctx.t('live.own.waiting', { number: stands.ahead + 1 }) },
    { kind: 'note', text: ctx.t('live.own.named') },
    {
      kind: 'buttons',
      buttons: [
        ...(stands.asksNew ? [button(ctx.t('live.own.iAmNew'), liveTap('new', live, {}, 'edit'))] : []),
        button(ctx.t('live.lower'), liveTap('lower', live)),
      ],
    },
  ];
}

const handReply = (ctx: AppCtx, live: string, stands: Standing): Reply => ({
  summary: ctx.t('live.own.summary'),
  blocks: ownHand(ctx, live, stands),
});

const liveRaise = defineCommand({
  path: ['live', 'raise'],
  ...tapped,
  params: liveParam,
  run: async ({ live }, ctx) => handReply(ctx, live, await raise(ctx.scope, live)),
});

const liveNew = defineCommand({
  path: ['live', 'new'],
  ...tapped,
  params: liveParam,
  run: async ({ live }, ctx) => handReply(ctx, live, await sayNew(ctx.scope, live)),
});

const liveLower = defineUnheldCommand({
  path: ['live', 'lower'],
  ...tapped,
  params: liveParam,
  async run({ live }, ctx) {
    await act(ctx.scope, live, { kind: 'withdraw' });
    return said(ctx.t('live.lowered'));
  },
});

const livePass = defineUnheldCommand({
  path: ['live', 'pass'],
  ...tapped,
  params: liveParam,
  async run({ live }, ctx) {
    await act(ctx.scope, live, { kind: 'pass' });
    return said(ctx.t('live.passed'));
  },
});

const liveDone = defineCommand({
  path: ['live', 'done'],
  ...tapped,
  params: liveParam,
  async run({ live }, ctx) {
    await act(ctx.scope, live, { kind: 'done' });
    return said(ctx.t('live.thankYou'));
  },
});

/** Where we are, for whoever came late or reads on another platform than the card is on; everything can be done from here. */
export async function whereReply(ctx: AppCtx, live: string): Promise<Reply> {
  const view = await viewOf(ctx, live);
  const stands = await standing(ctx.scope.db, { id: live, newcomersFirst: view.state.newcomersFirst }, ctx.scope.member.id);
  const step = stepsOf(ctx, view.script, view.minutes)[view.state.step];
  const takesHands = !stands && !view.state.isClosed && !view.state.isMuted;
  return {
    summary: ctx.t('live.whereSummary'),
    blocks: [
      { kind: 'heading', text: ctx.t('live.card.heading', { title: view.title }) },
      { kind: 'text', text: ctx.t(isWelcome(view, ctx.now) ? 'live.welcomeNow' : 'live.welcomeLate') },
      { kind: 'facts', facts: placeFacts(ctx, view) },
      ...(step?.words ? [{ kind: 'text' as const, text: step.words }] : []),
      ...ownHand(ctx, live, stands),
      {
        kind: 'buttons',
        buttons: [
          ...(takesHands ? [button(ctx.t('live.raise'), liveTap('raise', live), 'primary')] : []),
          button(ctx.t('live.write'), liveTap('write', live, {}, 'form')),
          button(ctx.t('live.lead'), liveTap('panel', live)),
        ],
      },
    ],
  };
}

const liveWhere = defineCommand({
  path: ['live', 'where'],
  ...tapped,
  params: liveParam,
  run: ({ live }, ctx) => whereReply(ctx, live),
});

const SHOWN = ['named', 'unnamed'] as const;

/** Its answer holds no buttons that would be kept for its writer: nothing may say who wrote without a name. */
const liveWrite = defineCommand({
  path: ['live', 'write'],
  counts: 'post',
  ...tapped,
  form: 'always',
  title: 'live.form.title',
  params: {
    words: worded(param.long({ shown: 'others', required: true, max: SHARE_LIMIT }), {
      label: 'live.form.words',
      help: 'live.form.wordsHelp',
    }),
    shown: worded(param.choice(SHOWN, { required: true }), {
      label: 'live.form.shown',
      help: 'live.form.shownHelp',
      choices: { named: 'live.form.named', unnamed: 'live.form.unnamed' },
    }),
    ...liveParam,
  },
  async run({ live, words, shown }, ctx) {
    await writeShare(ctx.scope, live, words, shown === 'named');
    return said(ctx.t(`live.wrote.${shown}`));
  },
});

const liveDown = defineUnheldCommand({
  path: ['live', 'down'],
  ...tapped,
  asksRoles: true,
  params: { share: param.ref({ required: true }) },
  async run({ share }, ctx) {
    await takeDown(ctx.scope, share);
    return said(ctx.t('live.share.takenDown'));
  },
});

/** What anybody can do in a live session. */
export const liveTaps = [liveRaise, liveNew, liveLower, livePass, liveDone, liveWhere, liveWrite, liveDown];
