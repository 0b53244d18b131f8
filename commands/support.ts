import { askButton, askerButtons, crisisButton, crisisNote, withWhom } from '../src/cards/someone-now.js';
import { type Button, param, type Reply, type Span, type Tap } from '../src/chat/index.js';
import { accountOf } from '../src/core/members/behind.js';
import { nobodyCame } from '../src/core/support/now/anew.js';
import { endMine } from '../src/core/support/now/end.js';
import { MOST_A_DAY, MOST_WORDS } from '../src/core/support/now/kinds.js';
import { type MyRequest, myRequest } from '../src/core/support/now/mine.js';
import { askForSomeone, type Wish } from '../src/core/support/now/start.js';
import { type AppCtx, defineUnheldCommand, tapped } from './define.js';
import { said } from './said.js';
import { offer, otherWays } from './support-offer.js';

type Rich = Span & object;

const clock = (ctx: AppCtx, time: Date): Rich => ({ time, style: 'time', zone: ctx.scope.member.zone });

/** How it stands, as honestly as it can be said. */
async function statusReply(ctx: AppCtx, { id, state, asked, next, until, volunteer, relay }: MyRequest): Promise<Reply> {
  const isWith = state === 'taken';
  const account = volunteer && (await accountOf(ctx.scope.db, volunteer, ctx.platform));
  const values = { count: asked, until: clock(ctx, until), ...(next && { next: clock(ctx, next) }) };
  const text = ctx.rich<Rich>(isWith ? 'support.news.taken' : next ? 'support.status.asking' : 'support.news.nobody', values);
  const look: Button<Tap> = { label: ctx.t('support.look'), act: { path: ['support', 'now'], does: 'edit' } };
  return {
    summary: ctx.t('support.news.summary'),
    blocks: [
      { kind: 'text', text },
      isWith ? withWhom(ctx, account) : { kind: 'note', text: ctx.t('support.status.how') },
      crisisNote(ctx),
      { kind: 'buttons', buttons: [...(isWith ? [] : [look]), ...askerButtons(ctx, id, relay, isWith, 'edit')] },
    ],
  };
}

const supportNow = defineUnheldCommand({
  path: ['support', 'now'],
  role: 'anyone',
  reply: 'private',
  params: { language: param.ref({}) },
  async run({ language }, ctx) {
    const mine = await myRequest(ctx.scope);
    if (mine) return statusReply(ctx, mine);
    const { blocks, canAsk } = await offer(ctx, language);
    const title = ctx.t('support.offer.title');
    return {
      summary: title,
      blocks: [{ kind: 'heading', text: title }, ...blocks, ...(canAsk ? [] : await otherWays(ctx))],
    };
  },
});

async function begin(ctx: AppCtx, wish: Wish): Promise<Reply> {
  const started = await askForSomeone(ctx.scope, wish);
  const mine = started === 'asking' || started === 'open' ? await myRequest(ctx.scope) : undefined;
  if (mine) return statusReply(ctx, mine);
  const why = started === 'often' ? ctx.t('support.often', { most: MOST_A_DAY }) : ctx.t('support.there.nobody');
  return said(why, await otherWays(ctx));
}

const language = param.ref({ required: true });

const supportBegin = defineUnheldCommand({
  path: ['support', 'begin'],
  ...tapped,
  params: { language },
  run: ({ language }, ctx) => begin(ctx, { language }),
});

const supportBeginWords = defineUnheldCommand({
  path: ['support', 'begin-words'],
  ...tapped,
  form: 'always',
  params: { words: param.long({ shown: 'others', required: true, max: MOST_WORDS }), language },
  run: (wish, ctx) => begin(ctx, wish),
});

const request = param.ref({ required: true });

const supportStop = defineUnheldCommand({
  path: ['support', 'stop'],
  ...tapped,
  params: { request },
  async run({ request }, ctx) {
    await endMine(ctx.scope, request, 'withdrawn');
    return said(ctx.t('support.stopped'), [crisisNote(ctx), { kind: 'buttons', buttons: [askButton(ctx), crisisButton(ctx)] }]);
  },
});

const supportSpoken = defineUnheldCommand({
  path: ['support', 'spoken'],
  ...tapped,
  params: { request },
  async run({ request }, ctx) {
    await endMine(ctx.scope, request, 'spoken');
    return said(ctx.t('support.hasSpoken'), [crisisNote(ctx)]);
  },
});

const supportMissed = defineUnheldCommand({
  path: ['support', 'missed'],
  ...tapped,
  params: { request },
  async run({ request }, ctx) {
    await nobodyCame(ctx.scope, request);
    const mine = await myRequest(ctx.scope);
    const reply = mine ? await statusReply(ctx, mine) : said(ctx.t('support.gone'));
    return { ...reply, blocks: [{ kind: 'text', text: ctx.t('support.sorry') }, ...reply.blocks] };
  },
});

export { supportNow };
/** What whoever would like to talk can do beside saying so. */
export const supportTaps = [supportBegin, supportBeginWords, supportStop, supportSpoken, supportMissed];
