import { type Block, param, type Span, type Tap, type Text } from '../src/chat/index.js';
import { type Answers, HALT } from '../src/core/checkins/answers.js';
import { checkInHistory, type PastCheckIn } from '../src/core/checkins/history.js';
import { recordCheckIn } from '../src/core/checkins/record.js';
import { type AppCtx, defineCommand } from './define.js';

/** What somebody said, in words, for that person alone. */
function factsOf(ctx: AppCtx, { mood, craving, halt, note }: Answers): { label: string; value: Text }[] {
  const line = (label: string, value: Text | undefined) => (value === undefined ? [] : [{ label, value }]);
  return [
    ...line(ctx.t('checkin.mood'), mood === undefined ? undefined : ctx.t('checkin.ofTen', { value: mood })),
    ...line(ctx.t('checkin.craving'), craving === undefined ? undefined : ctx.t('checkin.ofTen', { value: craving })),
    ...line(ctx.t('checkin.halt'), halt?.length ? halt.map((name) => ctx.t(`checkin.feelings.${name}`)).join(', ') : undefined),
    ...line(ctx.t('checkin.note'), note),
  ];
}

const crisisNote = (ctx: AppCtx): Block<Tap> => ({
  kind: 'note',
  text: ctx.rich<Span & object>('checkin.support', { crisis: { command: ['crisis'] } }),
});

export const checkInNow = defineCommand({
  path: ['checkin', 'now'],
  role: 'anyone',
  reply: 'private',
  form: 'when-empty',
  params: {
    mood: param.int({ min: 0, max: 10 }),
    craving: param.int({ min: 0, max: 10 }),
    halt: param.choices(HALT, {}),
    note: param.long({ max: 1000 }),
  },
  async run(answers, ctx) {
    await recordCheckIn(ctx.scope, answers);
    const facts = factsOf(ctx, answers);
    const needs = (answers.halt ?? []).map((name) => ctx.t(`checkin.needs.${name}`));
    return {
      summary: ctx.t('checkin.saved'),
      blocks: [
        { kind: 'text', text: ctx.t(facts.length > 0 ? 'checkin.saved' : 'checkin.savedEmpty') },
        ...(facts.length > 0 ? [{ kind: 'facts' as const, facts }] : []),
        ...(needs.length > 0 ? [{ kind: 'list' as const, items: needs }] : []),
        { kind: 'note', text: ctx.t('checkin.whoSees') },
        crisisNote(ctx),
        { kind: 'buttons', buttons: [{ label: ctx.t('checkin.seeHistory'), act: { path: ['checkin', 'history'] } }] },
      ],
    };
  },
});

function entry(ctx: AppCtx, { at, zone, answers }: PastCheckIn): Block<Tap>[] {
  const facts = factsOf(ctx, answers);
  const when: Text = [{ time: at, style: 'datetime', zone }];
  return facts.length > 0
    ? [{ kind: 'text', text: when }, { kind: 'facts', facts }, { kind: 'divider' }]
    : [{ kind: 'text', text: [...when, ` · ${ctx.t('checkin.nothingSaid')}`] }, { kind: 'divider' }];
}

export const checkInHistoryCommand = defineCommand({
  path: ['checkin', 'history'],
  role: 'anyone',
  reply: 'private',
  params: { since: param.when({}), after: param.ref({}), from: param.ref({}) },
  async run({ since, after, from }, ctx) {
    const start = from ? new Date(from) : since?.at(ctx.scope.member.zone, ctx.now)?.instant;
    const { checkIns, next } = await checkInHistory(ctx.scope, { ...(start && { since: start }), ...(after && { after }) });
    const more = next && {
      label: ctx.t('checkin.earlier'),
      act: { path: ['checkin', 'history'] as const, input: { after: next, ...(start && { from: start.toISOString() }) } },
    };
    const buttons = [
      ...(more ? [more] : []),
      { label: ctx.t('checkin.checkInNow'), act: { path: ['checkin', 'now'] as const, does: 'form' as const } },
    ];
    if (checkIns.length === 0) {
      const text = ctx.t(start ? 'checkin.emptySince' : 'checkin.empty');
      return {
        summary: text,
        blocks: [
          { kind: 'text', text },
          { kind: 'buttons', buttons },
        ],
      };
    }
    return {
      summary: ctx.t('checkin.history'),
      blocks: [
        { kind: 'heading', text: ctx.t('checkin.history') },
        { kind: 'note', text: ctx.t('checkin.whoSees') },
        ...checkIns.flatMap((past) => entry(ctx, past)),
        { kind: 'buttons', buttons },
      ],
    };
  },
});
