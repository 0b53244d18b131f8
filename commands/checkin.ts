import { type Block, param, type Tap, type Text, typedOnly } from '../src/chat/index.js';
import { HALT, QUICK } from '../src/core/checkins/answers.js';
import { type Asked, askedBy, factsOf } from '../src/core/checkins/asked.js';
import { checkInHistory, type PastCheckIn } from '../src/core/checkins/history.js';
import { recordCheckIn } from '../src/core/checkins/record.js';
import { forwardNow, savedReply } from './checkin-answer.js';
import { forwardHistory, lookParams } from './checkin-look.js';
import { templateParam } from './checkin-words.js';
import { type AppCtx, defineCommand } from './define.js';
import { saidWith } from './said.js';

export const checkInNow = defineCommand({
  path: ['checkin', 'now'],
  role: 'anyone',
  reply: 'private',
  form: 'when-empty',
  params: {
    mood: param.int({ min: 0, max: 10 }),
    craving: param.int({ min: 0, max: 10 }),
    halt: param.choices(HALT, {}),
    note: param.long({ shown: 'own', max: 1000 }),
    template: typedOnly(templateParam),
    prompt: param.ref({}),
  },
  forward: forwardNow,
  async run({ template: _, prompt, ...answers }, ctx) {
    await recordCheckIn(ctx.scope, answers, { attempt: ctx.attempt, ...(prompt !== undefined && { promptId: prompt }) });
    return savedReply(ctx, await askedBy(ctx, QUICK), answers, false);
  },
});

/** Questions that are gone may have left answers. */
const NOTHING: Asked = { title: '', questions: [] };

async function entry(ctx: AppCtx, { at, zone, template, answers }: PastCheckIn): Promise<Block<Tap>[]> {
  const facts = factsOf(ctx, await askedBy(ctx, template).catch(() => NOTHING), answers);
  const when: Text = [{ time: at, style: 'datetime', zone }];
  return facts.length > 0
    ? [{ kind: 'text', text: when }, { kind: 'facts', facts }, { kind: 'divider' }]
    : [{ kind: 'text', text: [...when, ` · ${ctx.t('checkin.nothingSaid')}`] }, { kind: 'divider' }];
}

export const checkInHistoryCommand = defineCommand({
  path: ['checkin', 'history'],
  forWhoIsGone: true,
  role: 'anyone',
  reply: 'private',
  params: { since: param.when({}), ...lookParams, after: param.ref({}), from: param.ref({}) },
  forward: forwardHistory,
  async run({ since, after, from }, ctx) {
    const start = from ? new Date(from) : since?.at(ctx.scope.member.zone, ctx.now)?.instant;
    const { checkIns, next } = await checkInHistory(ctx.scope, { ...(start && { since: start }), ...(after && { after }) });
    const more = next && {
      label: ctx.t('checkin.earlier'),
      act: { path: ['checkin', 'history'] as const, input: { after: next, ...(start && { from: start.toISOString() }) } },
    };
    const buttons = [
      ...(more ? [more] : []),
      ...(checkIns.length > 0 ? [{ label: ctx.t('look.asPicture'), act: { path: ['checkin', 'look'] as const } }] : []),
      { label: ctx.t('checkin.checkInNow'), act: { path: ['checkin', 'now'] as const, does: 'form' as const } },
    ];
    if (checkIns.length === 0) {
      return saidWith(ctx.t(start ? 'checkin.emptySince' : 'checkin.empty'), buttons);
    }
    return {
      summary: ctx.t('checkin.history'),
      blocks: [
        { kind: 'heading', text: ctx.t('checkin.history') },
        { kind: 'note', text: ctx.t('checkin.whoSees') },
        ...(await Promise.all(checkIns.map((past) => entry(ctx, past)))).flat(),
        { kind: 'buttons', buttons },
      ],
    };
  },
});
