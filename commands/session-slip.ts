import {
  type AnyCommand,
  type Block,
  type Button,
  type Path,
  param,
  type Reply,
  type Span,
  type Tap,
  UserError,
} from '../src/chat/index.js';
import { come, forget, KEPT_DAYS, leave, ownAttendance, type SlipDate, slipDates } from '../src/core/slips/attendance.js';
import { type MadeSlip, makeSlip } from '../src/core/slips/make.js';
import { type AppCtx, defineCommand } from './define.js';
import { moment } from './schedule-words.js';
import { listButton, withSession } from './session-find.js';

/** What the reader is shown at once, the newest first. */
const MOST = 4;

const PATHS = {
  here: ['session', 'here'],
  was: ['session', 'was-here'],
  sign: ['session', 'sign'],
  forget: ['session', 'unsay'],
} as const satisfies Record<string, Path>;

function lineOf(ctx: AppCtx, { title, step, from, to, allowsSlips, isMade }: SlipDate): (string | (Span & object))[] {
  if (!allowsSlips) return [ctx.t('slip.offFor', { title })];
  const key = step === 'ready' && isMade ? 'made' : step;
  return ctx.rich<Span & object>(`slip.${key}`, { title, from: moment(ctx, from), to: moment(ctx, to) });
}

function buttonsOf(ctx: AppCtx, date: SlipDate, alone: boolean): Button<Tap>[] {
  const { title, step, session, local, attendance, allowsSlips } = date;
  const short = title.slice(0, 40);
  const label = (one: 'here' | 'was' | 'make' | 'forget', many: 'hereIn' | 'wasIn' | 'makeOf' | 'forgetOf') =>
    alone ? ctx.t(`slip.${one}`) : ctx.t(`slip.${many}`, { title: short });
  const gone: Button<Tap>[] =
    attendance === undefined
      ? []
      : [{ label: label('forget', 'forgetOf'), act: { path: PATHS.forget, input: { id: attendance }, does: 'edit' } }];
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
  const act: Tap = { path: PATHS.sign, input: { id: attendance, group: title.slice(0, 80) }, does: 'form' };
  return [{ label: label('make', 'makeOf'), style: 'primary', act }, ...gone];
}

async function page(ctx: AppCtx, session?: string, first?: string): Promise<Reply> {
  const dates = (await slipDates(ctx.scope, session)).slice(-MOST);
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
      { kind: 'buttons', buttons: [listButton(ctx)] },
    ],
  };
}

export const sessionSlip = defineCommand({
  path: ['session', 'slip'],
  role: 'anyone',
  reply: 'private',
  params: { session: param.text({ max: 100 }), id: param.ref({}) },
  run({ session, id }, ctx) {
    if (session === undefined && id === undefined) return page(ctx);
    return withSession(ctx, { session, id }, { path: ['session', 'slip'] }, async (found) => page(ctx, found.session.id));
  },
});

const needed = param.ref({ required: true });
const tapped = { role: 'anyone', reply: 'private', hidden: true } as const;

const slipHere = defineCommand({
  ...tapped,
  path: PATHS.here,
  params: { id: needed, local: needed },
  async run({ id, local }, ctx) {
    await come(ctx.scope, id, local);
    return page(ctx, id);
  },
});

const slipWas = defineCommand({
  ...tapped,
  path: PATHS.was,
  params: { id: needed },
  async run({ id }, ctx) {
    await leave(ctx.scope, id);
    const { occurrence } = await ownAttendance(ctx.scope, id);
    return page(ctx, occurrence.sessionId);
  },
});

const slipForget = defineCommand({
  ...tapped,
  path: PATHS.forget,
  params: { id: needed },
  async run({ id }, ctx) {
    await forget(ctx.scope, id);
    return page(ctx, undefined, ctx.t('slip.forgotten'));
  },
});

/** Drawing is not needed to start, and its libraries are large. */
const printer = () => import('../src/pictures/slip.js');

async function print(ctx: AppCtx, { code, token, date, minutes }: MadeSlip, name: string, group: string): Promise<Uint8Array> {
  const { printSlip } = await printer();
  const address = ctx.scope.site?.url === undefined ? undefined : `${ctx.scope.site.url}/verify/`;
  const day = new Intl.DateTimeFormat(ctx.locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date));
  const fact = (key: 'name' | 'group' | 'date' | 'duration' | 'code', value: string) => ({
    label: ctx.t(`slip.pdf.${key}`),
    value,
  });
  return printSlip({
    title: ctx.t('slip.pdf.title'),
    facts: [
      fact('name', name),
      fact('group', group),
      fact('date', day),
      fact('duration', ctx.t('slip.pdf.minutes', { count: minutes })),
      fact('code', code),
    ],
    notes: [
      ctx.t('slip.pdf.proves'),
      ctx.t('slip.pdf.not'),
      address === undefined ? ctx.t('slip.pdf.ask') : `${ctx.t('slip.pdf.at')} ${address}${code}`,
    ],
    qr: address === undefined ? token : `${address}${token}`,
    token,
    language: ctx.language,
    madeAt: ctx.now,
  });
}

const slipSign = defineCommand({
  ...tapped,
  path: PATHS.sign,
  params: { name: param.text({ required: true, max: 80 }), group: param.text({ required: true, max: 80 }), id: needed },
  async run({ name, group, id }, ctx) {
    const { canPrint } = await printer();
    const strange = [name, group].find((text) => !canPrint(text));
    if (strange !== undefined) throw new UserError('slip.letters', { text: strange });
    const made = await makeSlip(ctx.scope, id, name, group);
    const bytes = await print(ctx, made, name, group);
    return {
      summary: ctx.t('slip.done'),
      blocks: [
        { kind: 'text', text: ctx.t('slip.doneText', { code: made.code }) },
        { kind: 'file', name: 'slip.pdf', type: 'application/pdf', bytes, label: ctx.t('slip.fileLabel') },
        { kind: 'note', text: ctx.t('slip.replaced') },
        { kind: 'note', text: ctx.t('slip.careful') },
      ],
    };
  },
});

/** Reached from the slip's page. */
export const slipTaps: readonly AnyCommand[] = [slipHere, slipWas, slipSign, slipForget];
