import { type Block, param, type Reply, readWhen, type Span, type Tap, typedOnly, UserError } from '../src/chat/index.js';
import { cancelDate, endSession, moveDate, restoreDate, skipDate } from '../src/core/sessions/alter.js';
import { conflictsOfMove } from '../src/core/sessions/booked.js';
import { SESSION_LIMITS } from '../src/core/sessions/kinds.js';
import { startByRule } from '../src/core/sessions/occurrences.js';
import type { DatedSession, SessionView } from '../src/core/sessions/view.js';
import { type AppCtx, defineCommand, tappedByRole } from './define.js';
import { saidWith } from './said.js';
import { moment } from './schedule-words.js';
import { onlyWhoRuns } from './session-edit.js';
import { datedOf, listButton, picked, sessionParams, viewOf, withSession } from './session-find.js';
import { conflictNotes } from './session-preview.js';

type Said = { session?: string | undefined; id?: string | undefined; local?: string | undefined; pick?: string | undefined };

/** The date that is meant, for who may alter it; or the question which one. */
function withDate(
  ctx: AppCtx,
  given: Said,
  verb: 'move' | 'skip' | 'cancel',
  input: NonNullable<Tap['input']>,
  then: (dated: DatedSession, view: SessionView) => Promise<Reply>,
): Promise<Reply> {
  const said = picked(given);
  return withSession(ctx, said, { path: ['session', verb], input }, async (found) => {
    const dated = await datedOf(ctx, found, said.local);
    onlyWhoRuns(ctx, dated);
    return then(dated, await viewOf(ctx, dated));
  });
}

/** Nothing is done before the tap. */
const ask = (ctx: AppCtx, text: ReturnType<AppCtx['rich']>, blocks: readonly Block<Tap>[], buttons: Buttons): Reply => ({
  summary: ctx.t('session.ask'),
  blocks: [
    { kind: 'text', text: text as never },
    ...blocks,
    {
      kind: 'buttons',
      buttons: [...buttons, { label: ctx.t('session.leave'), act: { path: ['session', 'drop'], does: 'edit' } }],
    },
  ],
});

type Buttons = Extract<Block<Tap>, { kind: 'buttons' }>['buttons'];

const told = (ctx: AppCtx, { going, waiting }: SessionView): Block<Tap>[] =>
  going + waiting === 0 ? [] : [{ kind: 'note', text: ctx.t('session.areTold', { count: going + waiting }) }];

const done = (ctx: AppCtx, text: string, undo: Tap | undefined): Reply =>
  saidWith(text, [...(undo ? [{ label: ctx.t('session.undo'), act: undo }] : []), listButton(ctx)]);

/** @throws UserError */
function readNewTime(ctx: AppCtx, text: string, { session, date }: DatedSession): Date {
  const read = readWhen(text)?.at(session.zone, ctx.now, true);
  if (!read) throw new UserError('session.problems.moment', { text });
  // "Thursday" alone is Thursday at the usual time.
  const usual = date.row ? startByRule(date.row) : date.startsAt;
  const at = read.hasTime ? read.instant : atTimeOf(read.instant, usual, session.zone);
  if (at <= ctx.now) throw new UserError('session.problems.past');
  return at;
}

const sameDay = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;

/** The clock time of one instant on the local day of another. */
function atTimeOf(day: Date, time: Date, zone: string): Date {
  const local = new Intl.DateTimeFormat('en-CA', { ...sameDay, timeZone: zone }).format(day);
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(time);
  return startByRule({ local: `${local}T${clock}`, zone });
}

export const sessionMove = defineCommand({
  path: ['session', 'move'],
  role: 'anyone',
  asksRoles: true,
  reply: 'private',
  params: { when: param.text({ shown: 'asked', required: true }), ...sessionParams, session: typedOnly(sessionParams.session) },
  run: ({ when, ...said }, ctx) =>
    withDate(ctx, said, 'move', { when }, async (dated, view) => {
      const at = readNewTime(ctx, when, dated);
      const text = ctx.rich<Span & object>('session.move.ask', {
        title: view.title,
        from: moment(ctx, view.startsAt),
        to: moment(ctx, at),
      });
      const input = { session: view.session, local: view.local, to: at.toISOString() };
      return ask(
        ctx,
        text,
        [...conflictNotes(ctx, await conflictsOfMove(ctx.scope, dated, at)), ...told(ctx, view)],
        [
          { label: ctx.t('session.move.now'), style: 'primary', act: { path: ['session', 'move-now'], input, does: 'edit' } },
          {
            label: ctx.t('session.move.other'),
            act: { path: ['session', 'move'], input: { id: view.session, local: view.local }, does: 'form' },
          },
        ],
      );
    }),
});

const which = { session: param.ref({ required: true }), local: param.ref({ required: true }) };

const moveNow = defineCommand({
  path: ['session', 'move-now'],
  ...tappedByRole,
  params: { ...which, to: param.ref({ required: true }), from: param.ref({}) },
  async run({ to, ...date }, ctx) {
    const before = await ctx.scope.db.occurrence.findFirst({ where: { sessionId: date.session, local: date.local } });
    const session = await ctx.scope.db.session.findFirst({ where: { id: date.session } });
    await moveDate(ctx.scope, date, new Date(to));
    const back = before?.startsAt ?? (session && startByRule({ local: date.local, zone: session.zone }));
    const mayGoBack = back && back > ctx.now && back.toISOString() !== to;
    const undo: Tap | undefined = mayGoBack
      ? { path: ['session', 'move-now'], input: { ...date, to: back.toISOString() }, does: 'edit' }
      : undefined;
    return done(ctx, ctx.t('session.move.done'), undo);
  },
});

export const sessionSkip = defineCommand({
  path: ['session', 'skip'],
  role: 'anyone',
  asksRoles: true,
  reply: 'private',
  params: sessionParams,
  run: (said, ctx) =>
    withDate(ctx, said, 'skip', {}, async (_dated, view) => {
      const text = ctx.rich<Span & object>('session.skip.ask', { title: view.title, when: moment(ctx, view.startsAt) });
      const act: Tap = { path: ['session', 'skip-now'], input: { session: view.session, local: view.local }, does: 'edit' };
      return ask(ctx, text, told(ctx, view), [{ label: ctx.t('session.skip.now'), style: 'primary', act }]);
    }),
});

const undoOff = (date: { session: string; local: string }): Tap => ({
  path: ['session', 'restore'],
  input: { session: date.session, local: date.local },
  does: 'edit',
});

const skipNow = defineCommand({
  path: ['session', 'skip-now'],
  ...tappedByRole,
  params: which,
  async run(date, ctx) {
    await skipDate(ctx.scope, date);
    return done(ctx, ctx.t('session.skip.done'), undoOff(date));
  },
});

export const sessionCancel = defineCommand({
  path: ['session', 'cancel'],
  role: 'anyone',
  asksRoles: true,
  reply: 'private',
  params: { ...sessionParams, words: param.long({ shown: 'led', max: SESSION_LIMITS.words }) },
  run: ({ words, ...said }, ctx) =>
    withDate(ctx, said, 'cancel', { words }, async (_dated, view) => {
      const text = ctx.rich<Span & object>('session.off.ask', { title: view.title, when: moment(ctx, view.startsAt) });
      const input = { session: view.session, local: view.local, words };
      const add: Tap = { path: ['session', 'cancel-words'], input: { id: view.session, local: view.local, words }, does: 'form' };
      return ask(
        ctx,
        text,
        [
          ...(words === undefined
            ? []
            : [{ kind: 'facts' as const, facts: [{ label: ctx.t('session.off.words'), value: words }] }]),
          ...told(ctx, view),
        ],
        [
          { label: ctx.t('session.off.now'), style: 'danger', act: { path: ['session', 'cancel-now'], input, does: 'edit' } },
          ...(view.recurs
            ? [
                {
                  label: ctx.t('session.off.all'),
                  style: 'danger' as const,
                  act: { path: ['session', 'cancel-now'] as const, input: { ...input, all: 'yes' }, does: 'edit' as const },
                },
              ]
            : []),
          { label: ctx.t('session.off.addWords'), act: add },
        ],
      );
    }),
});

/** The same question again, with words for those who come. */
const cancelWords = defineCommand({
  path: ['session', 'cancel-words'],
  ...tappedByRole,
  title: 'session.off.addWords',
  params: {
    words: { ...sessionCancel.params.words, words: { label: 'session.off.wordsLabel', help: 'session.off.wordsHelp' } },
    id: param.ref({ required: true }),
    local: param.ref({ required: true }),
  },
  run: (args, ctx) => sessionCancel.run(args, ctx),
});

const cancelNow = defineCommand({
  path: ['session', 'cancel-now'],
  ...tappedByRole,
  params: { ...which, words: param.ref({ max: SESSION_LIMITS.words }), all: param.ref({}) },
  async run({ words, all, ...date }, ctx) {
    if (all === undefined) await cancelDate(ctx.scope, date, words);
    else await endSession(ctx.scope, date.session, words);
    const isOnce = (await ctx.scope.db.session.count({ where: { id: date.session, rrule: null } })) > 0;
    return all === undefined
      ? done(ctx, ctx.t(isOnce ? 'session.off.doneOnce' : 'session.off.done'), undoOff(date))
      : done(ctx, ctx.t('session.off.doneAll'), undefined);
  },
});

const restore = defineCommand({
  path: ['session', 'restore'],
  ...tappedByRole,
  params: which,
  async run(date, ctx) {
    await restoreDate(ctx.scope, date);
    return done(ctx, ctx.t('session.restored'), undefined);
  },
});

export const sessionAlterTaps = [moveNow, skipNow, cancelWords, cancelNow, restore];
