import { type Block, type Choice, param, type Reply, shorten, type Tap, UserError } from '../src/chat/index.js';
import { SHARE_MINUTES } from '../src/core/live/kinds.js';
import { type NearDate, nearDates } from '../src/core/live/near.js';
import { listScripts } from '../src/core/live/own-scripts.js';
import { BUILT_INS, type Script } from '../src/core/live/scripts.js';
import { beginLive } from '../src/core/live/start.js';
import { scriptTitle, stepsOf } from '../src/core/live/words.js';
import { detailsOf } from '../src/core/sessions/details.js';
import { ensureOccurrence } from '../src/core/sessions/ensure.js';
import { mayRun } from '../src/core/sessions/may-run.js';
import { type AppCtx, defineCommand, tappedByRole } from './define.js';
import { whereReply } from './live.js';
import { panel } from './live-panel.js';
import { button, type Rich } from './live-words.js';
import { said } from './said.js';
import { moment } from './schedule-words.js';

const MINUTES = [1, 2, 3, 4, 5, 7, 10, 15, 20] as const;
/** What fits a format where nothing else was said. */
const USUAL: Readonly<Record<string, (typeof BUILT_INS)[number]>> = {
  study: 'topic',
  speaker: 'topic',
  skills: 'skills',
  newcomer: 'newcomer',
};

const options = async (ctx: AppCtx): Promise<readonly (Choice & { script: Script })[]> => [
  ...BUILT_INS.map((builtIn) => ({ value: builtIn, label: scriptTitle(ctx, { builtIn }), script: { builtIn } })),
  ...(await listScripts(ctx.scope)).map(({ id, ...script }) => ({ value: id, label: shorten(script.title, 75), script })),
];

interface Ready {
  readonly occurrence: string;
  readonly script?: string | undefined;
  readonly minutes?: string | undefined;
}

const minutesOf = (minutes: string | undefined): number => {
  const read = Number(minutes ?? SHARE_MINUTES.usual);
  return Number.isInteger(read) && read >= SHARE_MINUTES.least && read <= SHARE_MINUTES.most ? read : SHARE_MINUTES.usual;
};

async function dated(ctx: AppCtx, occurrence: string) {
  const found = await ctx.scope.db.occurrence.findFirst({
    where: { id: occurrence },
    include: { session: true, live: { select: { id: true, endedAt: true } } },
  });
  if (!found) throw new UserError('live.start.gone');
  return found;
}

/** What would begin, to be changed as long as one likes. Nothing is posted yet. */
async function ready(ctx: AppCtx, { occurrence, script, minutes }: Ready): Promise<Reply> {
  const found = await dated(ctx, occurrence);
  const { session, live, ...date } = found;
  if (live && !live.endedAt) return mayRun(ctx.scope, session, date) ? panel(ctx, live.id) : whereReply(ctx, live.id);
  if (!mayRun(ctx.scope, session, date)) throw new UserError('live.start.notYours');
  if (date.state !== 'planned') throw new UserError('live.start.over');
  const scripts = await options(ctx);
  const chosen = scripts.find(({ value }) => value === (script ?? USUAL[session.format] ?? 'open')) ?? scripts[0];
  if (!chosen) throw new UserError('live.script.gone');
  const each = minutesOf(minutes);
  const { title } = detailsOf(ctx.scope.cipher, session, date);
  const input = { occurrence, script: chosen.value, minutes: String(each) };
  const again: Tap = { path: ['live', 'ready'], input, does: 'edit' };
  const others = scripts.filter(({ value }) => value !== chosen.value);
  return {
    summary: ctx.t('live.start.summary'),
    blocks: [
      { kind: 'heading', text: title },
      {
        kind: 'facts',
        facts: [
          { label: ctx.t('live.start.planned'), value: [moment(ctx, date.startsAt)] },
          { label: ctx.t('live.start.script'), value: chosen.label },
          { label: ctx.t('live.start.each'), value: ctx.t('live.start.minutes', { minutes: each }) },
        ],
      },
      {
        kind: 'list',
        items: stepsOf(ctx, chosen.script, date.minutes).map((step) =>
          ctx.t('live.start.step', { title: step.title, minutes: step.minutes }),
        ),
      },
      {
        kind: 'select',
        placeholder: ctx.t('live.start.otherScript'),
        act: { ...again, input: { occurrence, minutes: String(each) } },
        param: 'script',
        options: others.slice(0, 25).map(({ value, label }) => ({ value, label })),
      },
      {
        kind: 'select',
        placeholder: ctx.t('live.start.otherMinutes'),
        act: { ...again, input: { occurrence, script: chosen.value } },
        param: 'minutes',
        options: MINUTES.filter((one) => one !== each).map((one) => ({
          value: String(one),
          label: ctx.t('live.start.minutes', { minutes: one }),
        })),
      },
      { kind: 'note', text: ctx.t('live.start.everyone') },
      {
        kind: 'buttons',
        buttons: [
          button(ctx.t('live.start.now'), { path: ['live', 'begin'], input, does: 'edit' }, 'primary'),
          button(ctx.t('live.script.list'), { path: ['live', 'scripts'] }),
        ],
      },
    ],
  };
}

async function readyFor(ctx: AppCtx, { session, date }: NearDate): Promise<Reply> {
  const row = date.row ?? (await ensureOccurrence(ctx.scope.db, session, date));
  return ready(ctx, { occurrence: row.id });
}

/** Several could be meant: each is a button. */
async function which(ctx: AppCtx, near: readonly NearDate[]): Promise<Reply> {
  const shown = near.slice(0, 5);
  const rows = await Promise.all(
    shown.map(async ({ session, date }) => date.row ?? (await ensureOccurrence(ctx.scope.db, session, date))),
  );
  const text = ctx.t('live.start.which');
  const items = shown.map(({ title, date }) =>
    ctx.rich<Rich>('live.start.item', { title, when: moment(ctx, date.startsAt) as Rich }),
  );
  const buttons = shown.map(({ title }, at) =>
    button(shorten(`${at + 1}. ${title}`, 75), { path: ['live', 'ready'], input: { occurrence: rows[at]?.id } }),
  );
  const blocks: Block<Tap>[] = [
    { kind: 'text', text },
    { kind: 'list', items },
    { kind: 'buttons', buttons },
  ];
  return { summary: text, blocks };
}

export const sessionStart = defineCommand({
  path: ['session', 'start'],
  role: 'anyone',
  asksRoles: true,
  reply: 'private',
  params: { session: param.text({ shown: 'asked' }) },
  async run({ session }, ctx) {
    const near = await nearDates(ctx.scope, session);
    const running = near.filter(({ date }) => date.row?.state === 'live');
    const mine = near.filter(({ session: one, date }) => mayRun(ctx.scope, one, date.row));
    const candidates = mine.length > 0 ? mine : running;
    const [only] = candidates;
    if (!only) throw new UserError(near.length > 0 ? 'live.start.notYours' : session ? 'live.start.noneLike' : 'live.start.none');
    return candidates.length === 1 ? readyFor(ctx, only) : which(ctx, candidates);
  },
});

const liveReady = defineCommand({
  path: ['live', 'ready'],
  ...tappedByRole,
  params: { occurrence: param.ref({ required: true }), script: param.ref({}), minutes: param.ref({}) },
  run: (input, ctx) => ready(ctx, input),
});

/** The channel of the reader, where others are. */
const channelOf = (ctx: AppCtx) => (ctx.channel && !ctx.channel.direct ? { channel: ctx.channel.id } : {});

const liveBegin = defineCommand({
  path: ['live', 'begin'],
  ...tappedByRole,
  params: { occurrence: param.ref({ required: true }), script: param.ref({ required: true }), minutes: param.ref({}) },
  async run({ occurrence, script, minutes }, ctx) {
    const live = await beginLive(ctx.scope, { occurrence, script, shareMinutes: minutesOf(minutes), ...channelOf(ctx) });
    return panel(ctx, live.id, ctx.t('live.start.begun'));
  },
});

/** Nobody who chairs is there: those who came begin by themselves. */
const liveAlone = defineCommand({
  path: ['live', 'alone'],
  ...tappedByRole,
  params: { occurrence: param.ref({ required: true }) },
  async run({ occurrence }, ctx) {
    const { session } = await dated(ctx, occurrence);
    const script = USUAL[session.format] ?? 'open';
    await beginLive(ctx.scope, { occurrence, script, shareMinutes: SHARE_MINUTES.usual, alone: true, ...channelOf(ctx) });
    return said(ctx.t('live.alone.begun'), [{ kind: 'note', text: ctx.t('live.alone.how') }]);
  },
});

/** Reached by tapping only. */
export const liveStartTaps = [liveReady, liveBegin, liveAlone];
