import { askButton } from '../src/cards/someone-now.js';
import { type Block, param, type Reply, type Span, type Tap, UserError, worded } from '../src/chat/index.js';
import { endPairing, MOST_FAREWELL } from '../src/core/pairing/end.js';
import { myPairing } from '../src/core/pairing/introduce.js';
import { myPairings } from '../src/core/pairing/mine.js';
import { type AppCtx, defineUnheldCommand, tapped } from './define.js';
import { said, saidWith } from './said.js';
import { otherName } from './sponsor-status.js';

/** One row of buttons for each pairing that may be meant. */
async function which(ctx: AppCtx, pairings: Awaited<ReturnType<typeof myPairings>>): Promise<Reply> {
  const text = ctx.t('sponsor.end.sure');
  const each = await Promise.all(
    pairings.map(async (pairing): Promise<Block<Tap>[]> => {
      const who = await otherName(ctx, pairing);
      return [
        { kind: 'text', text: ctx.rich<Span & object>('sponsor.end.with', { who }) },
        {
          kind: 'buttons',
          buttons: [
            {
              label: ctx.t('sponsor.end.yes'),
              style: 'danger',
              act: { path: ['sponsor', 'end-now'], input: { pairing: pairing.id }, does: 'form' },
            },
            { label: ctx.t('sponsor.end.no'), act: { path: ['sponsor', 'status'], does: 'edit' } },
          ],
        },
      ];
    }),
  );
  return said(text, [...each.flat()]);
}

/** Either side ends it, without fault and without a reason. */
export const sponsorEnd = defineUnheldCommand({
  path: ['sponsor', 'end'],
  role: 'anyone',
  reply: 'private',
  params: { pairing: param.ref({}) },
  async run({ pairing }, ctx) {
    const mine = pairing === undefined ? await myPairings(ctx.scope) : [await myPairing(ctx.scope, pairing)];
    if (mine.length === 0) throw new UserError('sponsor.end.none');
    return which(ctx, mine);
  },
});

const sponsorEndNow = defineUnheldCommand({
  path: ['sponsor', 'end-now'],
  ...tapped,
  form: 'always',
  title: 'sponsor.end.title',
  params: {
    words: worded(param.long({ shown: 'others', max: MOST_FAREWELL }), {
      label: 'sponsor.end.words',
      help: 'sponsor.end.wordsHelp',
    }),
    pairing: param.ref({ required: true }),
  },
  async run({ pairing, words }, ctx) {
    await endPairing(ctx.scope, pairing, words);
    return saidWith(ctx.t('sponsor.end.done'), [
      { label: ctx.t('sponsor.again'), act: { path: ['sponsor', 'request'], does: 'form' } },
      askButton(ctx),
    ]);
  },
});

export const sponsorEndTaps = [sponsorEndNow];
