import {
  type AnyCommand,
  type Block,
  type Button,
  type Path,
  param,
  type Reply,
  type Span,
  shorten,
  type Tap,
} from '../src/chat/index.js';
import { come, forget, KEPT_DAYS, leave, ownAttendance, type SlipDate, slipDates } from '../src/core/slips/attendance.js';
import { withdraw } from '../src/core/slips/make.js';
import { type AppCtx, defineCommand, defineUnheldCommand, tapped } from './define.js';
import { moment } from './schedule-words.js';
import { listButton, withSession } from './session-find.js';
import { SIGN } from './session-slip-paper.js';

/** What the reader is shown at once, the newest first. */
const MOST = 4;

const PATHS = {
  here: ['session', 'here'],
  was: ['session', 'was-here'],
  forget: ['session', 'unsay'],
  withdraw: ['session', 'unsign'],
  earlier: ['session', 'slip-earlier'],
} as const satisfies Record<string, Path>;

function lineOf(ctx: AppCtx, { title, step, from, to, allowsSlips, isMade }: SlipDate): (string | (Span & object))[] {
  if (!allowsSlips) return [ctx.t('slip.offFor', { title })];
  const key = step === 'ready' && isMade ? 'made' : step;
  return ctx.rich<Span & object>(`slip.${key}`, { title, from: moment(ctx, from), to: moment(ctx, to) });
}

function buttonsOf(ctx: AppCtx, date: SlipDate, alone: boolean): Button<Tap>[] {
  const { title, step, session, local, attendance, allowsSlips } = date;
  const short = title.slice(0, 40);
  const label = (
    one: 'here' | 'was' | 'make' | 'forget' | 'withdraw',
    many: 'hereIn' | 'wasIn' | 'makeOf' | 'forgetOf' | 'withdrawOf',
  ) => (alone ? ctx.t(`slip.${one}`) : ctx.t(`slip.${many}`, { title: short }));
  const gone: Button<Tap>[] =
    attendance === undefined
      ? []
      : [{ label: label('forget', 'forgetOf'), act: { path: PATHS.forget, input: { id: attendance }, does: 'edit' } }];
  if (date.isMade && attendance !== undefined) {
    const act: Tap = { path: PATHS.withdraw, input: { id: attendance }, does: 'edit' };
    gone.push({ label: label('withdraw', 'withdrawOf'), act });
  }
  if (!allowsSlips) return gone;
  if (step === 'come') {
    const act: Tap = { path: PATHS.here, input: { id: session, local }, does: 'edit' };
    return [{ label: label('here', 'hereIn'), style: 'primary', act }];
  }
  if (step === 'leave') {
    const act: Tap = { path: PATHS.was, input: { id: attendance }, does: 'edit' };
    return [{ label: label('was', 'wasIn'), style: 'primary', act }, ...gone];
  }
  if (step !== 'ready') return gone;
  const act: Tap = { path: SIGN, input: { id: attendance, group: shorten(title, 80) }, does: 'form' };
  return [{ label: label('make', 'makeOf'), style: 'primary', act }, ...gone];
}

interface Shown {
  /** Of this session only. */
  readonly session?: string;
  readonly first?: string;
  /** Dates that are left out at the near end. */
  readonly skip?: number;
}

async function page(ctx: AppCtx, { session, first, skip = 0 }: Shown = {}): Promise<Reply> {
  const all = await slipDates(ctx.scope, session);
  const end = Math.max(0, all.length - skip);
  const dates = all.slice(Math.max(0, end - MOST), end);
  const more: Tap['input'] = { skip: String(skip + MOST), ...(session !== undefined && { session }) };
  const earlier: Button<Tap>[] =
    end > MOST ? [{ label: ctx.t('slip.earlier'), act: { path: PATHS.earlier, input: more, does: 'edit' } }] : [];
  const title = ctx.t('slip.title');
  const alone = dates.filter(({ step, attendance }) => step === 'come' || attendance !== undefined).length === 1;
  const buttons = dates.map((date) => buttonsOf(ctx, date, alone)).filter((some) => some.length > 0);
  return {
    summary: title,
    blocks: [
      { kind: 'heading', text: title },
      { kind: 'text', text: first ?? ctx.t('slip.what') },
      ...(dates.length > 0
        ? [{ kind: 'list' as const, items: dates.map((date) => lineOf(ctx, date)) }]
        : [{ kind: 'text' as const, text: ctx.t('slip.none') }]),
      ...buttons.map((some): Block<Tap> => ({ kind: 'buttons', buttons: some })),
      { kind: 'note', text: ctx.t('slip.kept', { days: KEPT_DAYS }) },
      { kind: 'buttons', buttons: [...earlier, listButton(ctx)] },
    ],
  };
}

export const sessionSlip = defineCommand({
  path: ['session', 'slip'],
  role: 'anyone',
  reply: 'private',
  params: { session: param.text({ shown: 'asked', max: 100 }), id: param.ref({}) },
  run({ session, id }, ctx) {
    if (session === undefined && id === undefined) return page(ctx);
    return withSession(ctx, { session, id }, { path: ['session', 'slip'] }, async (found) =>
      page(ctx, { session: found.session.id }),
    );
  },
});

const needed = param.ref({ required: true });

const slipHere = defineCommand({
  ...tapped,
  path: PATHS.here,
  params: { id: needed, local: needed },
  async run({ id, local }, ctx) {
    await come(ctx.scope, id, local);
    return page(ctx, { session: id });
  },
});

const slipWas = defineCommand({
  ...tapped,
  path: PATHS.was,
  params: { id: needed },
  async run({ id }, ctx) {
    await leave(ctx.scope, id);
    const { occurrence } = await ownAttendance(ctx.scope, id);
    return page(ctx, { session: occurrence.sessionId });
  },
});

const slipForget = defineUnheldCommand({
  ...tapped,
  path: PATHS.forget,
  params: { id: needed },
  async run({ id }, ctx) {
    await forget(ctx.scope, id);
    return page(ctx, { first: ctx.t('slip.forgotten') });
  },
});

const slipWithdraw = defineUnheldCommand({
  ...tapped,
  path: PATHS.withdraw,
  params: { id: needed },
  async run({ id }, ctx) {
    await withdraw(ctx.scope, id);
    return page(ctx, { first: ctx.t('slip.withdrawn') });
  },
});

const slipEarlier = defineCommand({
  ...tapped,
  path: PATHS.earlier,
  params: { skip: needed, session: param.ref({}) },
  run: ({ skip, session }, ctx) => page(ctx, { skip: Number(skip), ...(session !== undefined && { session }) }),
});

/** Reached from the slip's page. */
export const slipTaps: readonly AnyCommand[] = [slipHere, slipWas, slipForget, slipWithdraw, slipEarlier];
