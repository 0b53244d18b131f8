import { mentorCard } from '../src/cards/mentor-card.js';
import { valueWords } from '../src/cards/pairing-words.js';
import { wishesCard } from '../src/cards/wishes.js';
import { type Block, type Button, param, type Reply, type Span, type Tap, worded } from '../src/chat/index.js';
import { answerIntroduction } from '../src/core/pairing/introduce.js';
import { type Introduction, introductionFor } from '../src/core/pairing/introduction.js';
import { PACES } from '../src/core/pairing/vocabulary.js';
import { type AppCtx, defineCommand, tapped } from './define.js';
import { said } from './said.js';
import { moment } from './schedule-words.js';
import { statusReply } from './sponsor-status.js';

const pairing = param.ref({ required: true });

function seenBlocks(ctx: AppCtx, { side, mentor, wishes, seesAccount }: Introduction): Block<Tap>[] {
  const mentorBlocks = mentor ? mentorCard(ctx, mentor) : [];
  const askerBlocks = wishes ? wishesCard(ctx, wishes) : [];
  const [theirs, mine] = side === 'mentee' ? [mentorBlocks, askerBlocks] : [askerBlocks, mentorBlocks];
  return [
    { kind: 'heading', text: ctx.t('sponsor.meet.theirs') },
    ...theirs,
    { kind: 'heading', text: ctx.t('sponsor.meet.mine') },
    ...mine,
    { kind: 'text', text: ctx.t(seesAccount ? 'sponsor.meet.account' : 'sponsor.meet.through') },
    { kind: 'note', text: ctx.t('sponsor.meet.notShared') },
  ];
}

/** What each will see of the other, before either is seen. */
export async function meetReply(ctx: AppCtx, id: string): Promise<Reply> {
  const shown = await introductionFor(ctx.scope, id, ctx.platform);
  if (shown.pairing.state === 'active') return statusReply(ctx);
  const input = { pairing: id };
  const no: Button<Tap> = { label: ctx.t('sponsor.meet.no'), act: { path: ['sponsor', 'meet-no'], input, does: 'edit' } };
  const yes: Button<Tap> = {
    label: ctx.t('sponsor.meet.yes'),
    style: 'primary',
    act: { path: ['sponsor', 'meet-yes'], input, does: 'form' },
  };
  const until = { until: moment(ctx, shown.pairing.introBy) };
  const title = ctx.t('sponsor.meet.title');
  return {
    summary: title,
    blocks: [
      { kind: 'heading', text: title },
      { kind: 'text', text: ctx.rich<Span & object>(shown.saidYes ? 'sponsor.meet.waits' : 'sponsor.meet.text', until) },
      ...seenBlocks(ctx, shown),
      { kind: 'buttons', buttons: shown.saidYes ? [no] : [yes, no] },
    ],
  };
}

const meet = defineCommand({
  path: ['sponsor', 'meet'],
  ...tapped,
  params: { pairing },
  run: ({ pairing }, ctx) => meetReply(ctx, pairing),
});

const meetYes = defineCommand({
  path: ['sponsor', 'meet-yes'],
  ...tapped,
  form: 'always',
  title: 'sponsor.meet.yes',
  params: {
    pace: worded(param.choice(PACES, {}), {
      label: 'sponsor.meet.pace',
      help: 'sponsor.meet.paceHelp',
      choices: valueWords('paces', PACES),
    }),
    pairing,
  },
  async run({ pairing, pace }, ctx) {
    const came = await answerIntroduction(ctx.scope, pairing, 'yes', pace);
    return came === 'met' ? statusReply(ctx, ctx.t('sponsor.meet.met')) : meetReply(ctx, pairing);
  },
});

const meetNo = defineCommand({
  path: ['sponsor', 'meet-no'],
  ...tapped,
  params: { pairing },
  async run({ pairing }, ctx) {
    await answerIntroduction(ctx.scope, pairing, 'no');
    return said(ctx.t('sponsor.meet.parted'));
  },
});

export const sponsorMeetTaps = [meet, meetYes, meetNo];
