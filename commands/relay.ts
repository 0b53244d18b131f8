import { relayButtons } from '../src/cards/relay.js';
import { type Block, param, type Reply, type Tap } from '../src/chat/index.js';
import { endPairingOfRelay } from '../src/core/pairing/end.js';
import { endRelay } from '../src/core/relay/close.js';
import { MOST_CHARACTERS, MOST_MESSAGES, WITHIN_MINUTES } from '../src/core/relay/kinds.js';
import { sendThrough } from '../src/core/relay/send.js';
import { defineCommand, defineUnheldCommand, tapped } from './define.js';
import { said, saidWith } from './said.js';

const relay = param.ref({ required: true });

/** Whoever wrote something that is not passed on has it back, to keep or to try again. */
const back = (words: string, why: string, told: string, more: readonly Block<Tap>[] = []): Reply =>
  said(why, [{ kind: 'note', text: told }, { kind: 'text', text: words }, ...more]);

const relayWrite = defineCommand({
  path: ['relay', 'write'],
  ...tapped,
  form: 'always',
  params: { words: param.long({ shown: 'others', required: true, max: MOST_CHARACTERS }), relay },
  async run({ relay, words }, ctx) {
    const sent = await sendThrough(ctx.scope, relay, words, ctx.attempt);
    const again = relayButtons(ctx, relay, { label: ctx.t('relay.writeMore'), isMain: false });
    if (sent === 'passed') return said(ctx.t('relay.passed'), [again]);
    if (sent === 'closed') return back(words, ctx.t('relay.closed'), ctx.t('relay.yourWords'));
    return back(words, ctx.t('relay.often', { most: MOST_MESSAGES, minutes: WITHIN_MINUTES }), ctx.t('relay.yourWords'), [again]);
  },
});

/** Says what ending it means, before it does. */
const relayEnd = defineUnheldCommand({
  path: ['relay', 'end'],
  ...tapped,
  params: { relay },
  async run({ relay }, ctx) {
    const act = (apart: 'yes' | 'no'): Tap => ({ path: ['relay', 'close'], input: { relay, apart }, does: 'edit' });
    return saidWith(ctx.t('relay.endHow'), [
      { label: ctx.t('relay.endIt'), act: act('no') },
      { label: ctx.t('relay.endApart'), act: act('yes') },
    ]);
  },
});

const relayClose = defineUnheldCommand({
  path: ['relay', 'close'],
  ...tapped,
  params: { relay, apart: param.ref({ required: true }) },
  async run({ relay, apart }, ctx) {
    await endRelay(ctx.scope, relay, apart === 'yes');
    if (apart === 'yes') await endPairingOfRelay(ctx.scope, relay);
    return said(ctx.t(apart === 'yes' ? 'relay.endedApart' : 'relay.ended'));
  },
});

/** Writing to somebody through the bot, wherever they were brought together. */
export const relayTaps = [relayWrite, relayEnd, relayClose];
