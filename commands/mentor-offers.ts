import { wishesCard } from '../src/cards/wishes.js';
import { type Block, param, type Reply, type Span, type Tap, UserError } from '../src/chat/index.js';
import { answerOffer, myOffers, type OfferShown } from '../src/core/pairing/answer.js';
import { type AppCtx, defineCommand, tapped } from './define.js';
import { said } from './said.js';
import { moment } from './schedule-words.js';
import { meetReply } from './sponsor-meet.js';

const offer = param.ref({ required: true });

function offerBlocks(ctx: AppCtx, { id, deadline, urgency, wishes }: OfferShown): Block<Tap>[] {
  const act = (say: 'yes' | 'no'): Tap => ({ path: ['mentor', 'answer'], input: { offer: id, say }, does: 'edit' });
  return [
    ...wishesCard(ctx, wishes),
    { kind: 'text', text: ctx.t('sponsor.preview.urgency', { urgency: ctx.t(`pairing.urgencies.${urgency}`) }) },
    { kind: 'note', text: ctx.rich<Span & object>('sponsor.offer.until', { until: moment(ctx, deadline) }) },
    {
      kind: 'buttons',
      buttons: [
        { label: ctx.t('sponsor.offer.yes'), style: 'primary', act: act('yes') },
        { label: ctx.t('sponsor.offer.no'), act: act('no') },
      ],
    },
  ];
}

const told = (ctx: AppCtx, heading: string, blocks: readonly Block<Tap>[]): Reply => ({
  summary: heading,
  blocks: [{ kind: 'heading', text: heading }, ...blocks, { kind: 'note', text: ctx.t('sponsor.offer.noReason') }],
});

/** Everybody who waits for the reader's answer. */
export const mentorOffers = defineCommand({
  path: ['mentor', 'offers'],
  role: 'anyone',
  reply: 'private',
  params: {},
  async run(_args, ctx) {
    const offers = await myOffers(ctx.scope);
    if (offers.length > 0)
      return told(
        ctx,
        ctx.t('sponsor.offer.title'),
        offers.flatMap((one) => offerBlocks(ctx, one)),
      );
    return said(ctx.t('sponsor.offer.nobody'));
  },
});

/** One of them, opened from a message that says nothing of it. */
const mentorOffer = defineCommand({
  path: ['mentor', 'offer'],
  ...tapped,
  params: { offer },
  async run({ offer }, ctx) {
    const found = (await myOffers(ctx.scope)).find(({ id }) => id === offer);
    if (!found) throw new UserError('sponsor.offer.closed');
    return told(ctx, ctx.t('sponsor.offer.title'), offerBlocks(ctx, found));
  },
});

const mentorAnswer = defineCommand({
  path: ['mentor', 'answer'],
  ...tapped,
  params: { offer, say: param.pressed(['yes', 'no']) },
  async run({ offer, say }, ctx) {
    const answered = await answerOffer(ctx.scope, offer, say);
    if (answered.came === 'introduced') return meetReply(ctx, answered.pairing);
    return said(ctx.t(`sponsor.offer.${answered.came}`));
  },
});

export const mentorOfferTaps = [mentorOffer, mentorAnswer];
