import { param, type Reply, type Span, type Tap, type Text, worded } from '../src/chat/index.js';
import { answerGroup, SHOWN } from '../src/core/groups/answer.js';
import { GROUP_LIMITS } from '../src/core/groups/kinds.js';
import { type ReadAnswer, readRound } from '../src/core/groups/read.js';
import { type AppCtx, defineCommand, tapped } from './define.js';

const groupAnswer = defineCommand({
  path: ['group', 'answer'],
  counts: 'post',
  ...tapped,
  form: 'always',
  title: 'group.answer',
  params: {
    words: worded(param.long({ shown: 'others', required: true, max: GROUP_LIMITS.answer }), {
      label: 'group.form.words',
      help: 'group.form.wordsHelp',
    }),
    shown: worded(param.choice(SHOWN, { required: true }), {
      label: 'group.form.shown',
      help: 'group.form.shownHelp',
      choices: { named: 'group.form.named', unnamed: 'group.form.unnamed', facilitators: 'group.form.facilitators' },
    }),
    round: param.ref({ required: true }),
  },
  async run({ words, shown, round }, ctx) {
    const isReplaced = await answerGroup(ctx.scope, round, words, shown);
    const text = ctx.t(`group.answered.${shown}`);
    return {
      summary: ctx.t('group.thanks'),
      blocks: [
        { kind: 'text', text: `${ctx.t('group.thanks')} ${text}` },
        ...(isReplaced ? [{ kind: 'note' as const, text: ctx.t('group.replaced') }] : []),
        { kind: 'note', text: ctx.rich<Span & object>('checkin.support', { crisis: { command: ['crisis'] } }) },
      ],
    };
  },
});

function said(ctx: AppCtx, { words, shown, mention }: ReadAnswer): Text {
  const who: Span[] = shown === 'unnamed' ? [] : [mention === undefined ? ctx.t('group.somebody') : { mention }, ': '];
  return [...who, words, ...(shown === 'facilitators' ? [` (${ctx.t('group.onlyFacilitators')})`] : [])];
}

async function answers(ctx: AppCtx, round: string, from: string | undefined, withFacilitators: boolean): Promise<Reply> {
  const read = await readRound(ctx.scope, round, { withFacilitators, from: Number(from ?? 0) });
  const more: Tap = { path: ['group', withFacilitators ? 'all' : 'read'], input: { round, from: String(read.next) } };
  return {
    summary: ctx.t('group.answers'),
    blocks: [
      { kind: 'heading', text: ctx.t('group.answers') },
      { kind: 'text', text: [{ bold: read.question }] },
      read.answers.length > 0
        ? { kind: 'list', items: read.answers.map((answer) => said(ctx, answer)) }
        : { kind: 'text', text: ctx.t('group.noAnswers') },
      ...(read.next === undefined ? [] : [{ kind: 'buttons' as const, buttons: [{ label: ctx.t('group.more'), act: more }] }]),
      { kind: 'note', text: ctx.t(withFacilitators ? 'group.whoSeesAll' : 'group.whoSees') },
    ],
  };
}

const groupRead = defineCommand({
  path: ['group', 'read'],
  ...tapped,
  params: { round: param.ref({ required: true }), from: param.ref({}) },
  run: ({ round, from }, ctx) => answers(ctx, round, from, false),
});

const groupAll = defineCommand({
  path: ['group', 'all'],
  role: 'facilitator',
  reply: 'private',
  hidden: true,
  params: { round: param.ref({ required: true }), from: param.ref({}) },
  run: ({ round, from }, ctx) => answers(ctx, round, from, true),
});

/** What the buttons of a card do, for whoever sees it. */
export const groupCardTaps = [groupAnswer, groupRead, groupAll];
