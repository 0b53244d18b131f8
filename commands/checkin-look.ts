import { type Block, param, type Reply, type Span, type Tap } from '../src/chat/index.js';
import { toCsv } from '../src/core/checkins/csv.js';
import {
  checkInsSince,
  LOOK_BACKS,
  type LookBack,
  lookBack,
  type Past,
  type Range,
  rangeOf,
} from '../src/core/checkins/look-back.js';
import { lastWeek, setReflection, wantsReflection } from '../src/core/checkins/reflection.js';
import { type AppCtx, defineCommand, tapped } from './define.js';
import { said } from './said.js';

/** What can be added to `/checkin history` to see it otherwise. */
export const lookParams = { days: param.choice(LOOK_BACKS, {}), format: param.choice(['csv'], {}), weekly: param.bool({}) };

function rangeWords(ctx: AppCtx, question: 'mood' | 'craving', range: Range | undefined): string[] {
  if (!range) return [];
  const { least, most, mostly } = range;
  const name = ctx.t(`checkin.${question}`);
  if (least === most) return [ctx.t('look.same', { name, least })];
  return [
    mostly === undefined ? ctx.t('look.between', { name, least, most }) : ctx.t('look.mostly', { name, least, most, mostly }),
  ];
}

/** The picture in words, a sentence each: for who does not see it, and below it for everybody. */
function inWords(ctx: AppCtx, past: Past): string[] {
  return [
    ctx.t('look.days', { count: past.days.length }),
    ...rangeWords(ctx, 'mood', rangeOf(past.days, 'mood')),
    ...rangeWords(ctx, 'craving', rangeOf(past.days, 'craving')),
  ];
}

/** Other stretches of time, the file, and the list. */
async function ways(ctx: AppCtx, shown: LookBack): Promise<Block<Tap>> {
  const isWeekly = await wantsReflection(ctx.scope);
  const others = LOOK_BACKS.filter((days) => days !== shown);
  return {
    kind: 'buttons',
    buttons: [
      ...others.map((days) => ({
        label: ctx.t('look.last', { days }),
        act: { path: ['checkin', 'look'] as const, input: { days } },
      })),
      { label: ctx.t('look.asFile'), act: { path: ['checkin', 'file'] as const } },
      {
        label: ctx.t(isWeekly ? 'look.noMore' : 'look.everySunday'),
        act: { path: ['checkin', 'weekly'] as const, input: { wanted: isWeekly ? 'no' : 'yes' } },
      },
      { label: ctx.t('checkin.seeHistory'), act: { path: ['checkin', 'history'] as const } },
    ],
  };
}

/** Drawing is not needed to start, and its library is large. */
async function paint(ctx: AppCtx, past: Past): Promise<Uint8Array> {
  const { paintLookBack } = await import('../src/pictures/look-back.js');
  const words = {
    days: ctx.t('look.title'),
    mood: ctx.t('checkin.mood'),
    craving: ctx.t('checkin.craving'),
    language: ctx.language,
  };
  return paintLookBack({ ...past, words });
}

export const checkInLook = defineCommand({
  path: ['checkin', 'look'],
  counts: 'export',
  forWhoIsGone: true,
  ...tapped,
  params: { days: param.ref({}) },
  async run({ days }, ctx) {
    const shown = LOOK_BACKS.find((one) => one === days) ?? '30';
    const past = await lookBack(ctx.scope, Number(shown));
    const heading = ctx.t('look.last', { days: shown });
    if (past.days.length === 0)
      return {
        summary: heading,
        blocks: [{ kind: 'heading', text: heading }, { kind: 'text', text: ctx.t('look.nothing') }, await ways(ctx, shown)],
      };
    const sentences = inWords(ctx, past);
    return {
      summary: heading,
      blocks: [
        { kind: 'heading', text: heading },
        { kind: 'image', png: await paint(ctx, past), alt: sentences.join(' ') },
        { kind: 'list', items: sentences },
        { kind: 'note', text: ctx.t('checkin.whoSees') },
        await ways(ctx, shown),
      ],
    };
  },
});

export const checkInFile = defineCommand({
  path: ['checkin', 'file'],
  counts: 'export',
  forWhoIsGone: true,
  ...tapped,
  params: {},
  async run(_args, ctx): Promise<Reply> {
    const kept = await checkInsSince(ctx.scope);
    if (kept.length === 0) return { summary: ctx.t('checkin.empty'), blocks: [{ kind: 'text', text: ctx.t('checkin.empty') }] };
    return {
      summary: ctx.t('look.file'),
      blocks: [
        { kind: 'text', text: ctx.t('look.file') },
        { kind: 'file', name: 'export.csv', type: 'text/csv', bytes: Buffer.from(toCsv(kept)), label: ctx.t('look.fileLabel') },
        { kind: 'note', text: ctx.t('look.careful') },
        { kind: 'note', text: ctx.rich<Span & object>('look.columns', { history: { command: ['checkin', 'history'] } }) },
      ],
    };
  },
});

/** The last seven days, kindly: which had a check-in, and what went well. */
export const checkInWeek = defineCommand({
  path: ['checkin', 'week'],
  ...tapped,
  params: {},
  async run(_args, ctx) {
    const { days, good } = await lastWeek(ctx.scope);
    return {
      summary: ctx.t('look.week'),
      blocks: [
        { kind: 'heading', text: ctx.t('look.week') },
        { kind: 'text', text: days.length > 0 ? ctx.t('look.days', { count: days.length }) : ctx.t('look.quietWeek') },
        ...(good.length > 0
          ? [
              { kind: 'text' as const, text: ctx.t('look.good') },
              { kind: 'list' as const, items: good },
            ]
          : []),
        { kind: 'note', text: ctx.t('checkin.whoSees') },
        {
          kind: 'buttons',
          buttons: [
            { label: ctx.t('checkin.checkInNow'), act: { path: ['checkin', 'now'], does: 'form' } },
            { label: ctx.t('look.asPicture'), act: { path: ['checkin', 'look'] } },
          ],
        },
      ],
    };
  },
});

export const checkInWeekly = defineCommand({
  path: ['checkin', 'weekly'],
  ...tapped,
  params: { wanted: param.ref({}) },
  async run({ wanted }, ctx) {
    const isWanted = wanted === 'yes';
    await setReflection(ctx.scope, isWanted);
    return said(ctx.t(isWanted ? 'look.willCome' : 'look.willNotCome'));
  },
});

/** Typed with one of {@link lookParams}, `/checkin history` means one of these. */
export function forwardHistory({ days, format, weekly }: Readonly<Record<string, unknown>>) {
  const wanted = lookParams.weekly.schema.safeParse(weekly).data;
  if (wanted !== undefined) return { path: checkInWeekly.path, input: { wanted: wanted ? 'yes' : 'no' } };
  if (typeof format === 'string' && format.trim() !== '') return { path: checkInFile.path, input: {} };
  if (typeof days === 'string' && days.trim() !== '') return { path: checkInLook.path, input: { days: days.trim() } };
  return undefined;
}

/** Reached from the history, in the order of the list of commands. */
export const lookCommands = [checkInLook, checkInFile, checkInWeek, checkInWeekly];
