import { someoneNow } from '../src/cards/someone-now.js';
import { param, UserError, worded } from '../src/chat/index.js';
import { PULSE_FEWEST } from '../src/core/live/kinds.js';
import { answerPulse, PULSE, PULSE_QUESTIONS, pulseResult } from '../src/core/live/pulse.js';
import { viewLive } from '../src/core/live/view.js';
import { availability } from '../src/core/support/oncall/availability.js';
import { type AppCtx, defineCommand } from './define.js';
import { button, liveParam, liveTap, type Rich } from './live-words.js';
import { saidWith } from './said.js';

const after = { role: 'anyone', reply: 'private', hidden: true } as const;

const livePulse = defineCommand({
  path: ['live', 'pulse'],
  ...after,
  form: 'always',
  title: 'live.pulse.button',
  params: {
    good: worded(param.choice(PULSE.good, { required: true }), {
      label: 'live.pulse.good',
      help: 'live.pulse.help',
      choices: { yes: 'live.pulse.answers.yes', some: 'live.pulse.answers.some', no: 'live.pulse.answers.no' },
    }),
    safe: worded(param.choice(PULSE.safe, { required: true }), {
      label: 'live.pulse.safe',
      help: 'live.pulse.help',
      choices: { yes: 'live.pulse.answers.yes', some: 'live.pulse.answers.some', no: 'live.pulse.answers.no' },
    }),
    ...liveParam,
  },
  async run({ live, good, safe }, ctx) {
    await answerPulse(ctx.scope, live, { good, safe });
    return saidWith(ctx.t('live.pulse.thanks', { fewest: PULSE_FEWEST }), [
      button(ctx.t('live.talk.button'), liveTap('talk', live)),
    ]);
  },
});

/** Somebody to talk to: the one who chaired, by name, and the lines that are always there. Nobody is told that it was asked. */
const liveTalk = defineCommand({
  path: ['live', 'talk'],
  ...after,
  params: liveParam,
  async run({ live }, ctx) {
    const view = await viewLive(ctx.scope, live, { platform: ctx.platform });
    const isOwn = view?.state.chair === ctx.scope.member.id;
    const chair = isOwn ? undefined : view?.chair;
    return {
      summary: ctx.t('live.talk.summary'),
      blocks: [
        { kind: 'text', text: ctx.t('live.talk.text') },
        chair === undefined
          ? { kind: 'text', text: ctx.t('live.talk.facilitator') }
          : { kind: 'text', text: ctx.rich<Rich>('live.talk.chair', { chair: { mention: chair } }) },
        { kind: 'note', text: ctx.t('live.talk.nobodyTold') },
        ...someoneNow({ ...ctx, zone: ctx.scope.member.zone }, await availability(ctx.scope)),
      ],
    };
  },
});

function numbers(ctx: AppCtx, tally: readonly number[]) {
  let at = 0;
  return PULSE_QUESTIONS.map((question) => {
    const counts = PULSE[question].map((value) => `${ctx.t(`live.pulse.answers.${value}`)}: ${tally[at++] ?? 0}`);
    return { label: ctx.t(`live.pulse.${question}`), value: counts.join(' · ') };
  });
}

const liveResults = defineCommand({
  path: ['live', 'results'],
  ...after,
  asksRoles: true,
  params: liveParam,
  async run({ live }, ctx) {
    const result = await pulseResult(ctx.scope, live);
    if (result.state !== 'counted') throw new UserError(`live.pulse.${result.state}`, { fewest: PULSE_FEWEST });
    const text = ctx.t('live.pulse.results');
    return {
      summary: text,
      blocks: [
        { kind: 'heading', text },
        { kind: 'facts', facts: numbers(ctx, result.tally) },
        { kind: 'note', text: ctx.t('live.pulse.onlyNumbers') },
      ],
    };
  },
});

/** What is offered when a session is over. */
export const liveAfterTaps = [livePulse, liveTalk, liveResults];
