import { writeButton } from '../src/cards/relay.js';
import { crisisNote } from '../src/cards/someone-now.js';
import { param, type Reply, type Span, type Tap, UserError } from '../src/chat/index.js';
import { languageName } from '../src/core/meetings/languages.js';
import { accountOf } from '../src/core/members/behind.js';
import { answerAsk, type TakenBy } from '../src/core/support/now/answer.js';
import { type AppCtx, defineUnheldCommand, tapped } from './define.js';
import { said } from './said.js';

/** Whom they are with now: shown to whoever said yes, and to nobody before. */
async function withReply(ctx: AppCtx, ask: string, { asker, language, words, relay }: TakenBy): Promise<Reply> {
  const account = await accountOf(ctx.scope.db, asker, ctx.platform);
  const who =
    account === undefined
      ? [ctx.t('support.volunteer.withElsewhere')]
      : ctx.rich<Span & object>('support.volunteer.with', { who: { mention: account } });
  const back: Tap = { path: ['support', 'answer'], input: { ask, say: 'no' }, does: 'edit' };
  return {
    summary: ctx.t('support.volunteer.thanks'),
    blocks: [
      { kind: 'text', text: [`${ctx.t('support.volunteer.thanks')} `, ...who] },
      { kind: 'text', text: ctx.t('support.volunteer.speaks', { language: languageName(language, ctx.language) }) },
      ...(words === undefined
        ? []
        : [
            { kind: 'text' as const, text: ctx.t('support.volunteer.wrote') },
            { kind: 'text' as const, text: words },
          ]),
      { kind: 'note', text: ctx.t('support.volunteer.peer') },
      crisisNote(ctx),
      { kind: 'buttons', buttons: [writeButton(ctx, relay), { label: ctx.t('support.volunteer.back'), act: back }] },
    ],
  };
}

const supportAnswer = defineUnheldCommand({
  path: ['support', 'answer'],
  ...tapped,
  params: { ask: param.ref({ required: true }), say: param.ref({ required: true }) },
  async run({ ask, say }, ctx) {
    if (say !== 'yes' && say !== 'no') throw new UserError('support.volunteer.gone');
    const answered = await answerAsk(ctx.scope, ask, say);
    if (answered.outcome === 'yes') return withReply(ctx, ask, answered.with);
    return said(ctx.t(`support.volunteer.said.${answered.outcome}`));
  },
});

export const supportVolunteerTaps = [supportAnswer];
