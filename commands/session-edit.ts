import { type Block, param, type Reply, type Span, type Tap, UserError } from '../src/chat/index.js';
import { accountOf } from '../src/core/members/behind.js';
import { changeDate } from '../src/core/sessions/alter.js';
import { detailsOf } from '../src/core/sessions/details.js';
import type { FoundSession } from '../src/core/sessions/find.js';
import { SESSION_LIMITS } from '../src/core/sessions/kinds.js';
import { mayRun } from '../src/core/sessions/may-run.js';
import type { DatedSession } from '../src/core/sessions/view.js';
import { readWhere } from '../src/core/sessions/where.js';
import { type AppCtx, defineCommand, tappedByRole } from './define.js';
import { saidWith } from './said.js';
import { moment } from './schedule-words.js';
import { changeInput } from './session-create.js';
import { eventBlocks } from './session-events.js';
import { datedOf, listButton, picked, sessionParams, withSession } from './session-find.js';
import { basics, more, sameWords } from './session-params.js';
import { slipsSwitch } from './session-slips-off.js';

/** @throws UserError unless the reader may alter it */
export function onlyWhoRuns(ctx: AppCtx, { session, date }: DatedSession): void {
  if (!mayRun(ctx.scope, session, date.row)) throw new UserError('session.notYours');
}

async function dateInput(ctx: AppCtx, { session, date }: DatedSession): Promise<Tap['input']> {
  const { title, description, link, address } = detailsOf(ctx.scope.cipher, session, date.row);
  const chairId = date.row?.chairId ?? session.chairId;
  const chair = chairId === null ? undefined : await accountOf(ctx.scope.db, chairId, ctx.platform);
  const minutes = Math.round((date.endsAt.getTime() - date.startsAt.getTime()) / 60_000);
  return { id: session.id, local: date.local, title, description, where: link ?? address, minutes, chair };
}

/** What can be altered, as buttons that open a filled-in form or ask once more. */
async function choices(ctx: AppCtx, { session, details, next }: FoundSession, local: string | undefined): Promise<Reply> {
  const dated = await datedOf(ctx, { session, details, ...(next && { next }) }, local);
  onlyWhoRuns(ctx, dated);
  const { basics: first, more: rest } = await changeInput(ctx, session);
  const text = ctx.rich<Span & object>('session.edit.what', {
    title: details.title,
    when: moment(ctx, dated.date.startsAt),
  });
  const one = { id: session.id, local: dated.date.local };
  const series: Block<Tap> = {
    kind: 'buttons',
    buttons: [
      {
        label: ctx.t(session.rrule === null ? 'session.edit.basics' : 'session.edit.series'),
        style: 'primary',
        act: { path: ['session', 'change'], input: first, does: 'form' },
      },
      { label: ctx.t('session.more'), act: { path: ['session', 'more'], input: rest, does: 'form' } },
      {
        label: ctx.t('session.edit.date'),
        act: { path: ['session', 'change-date'], input: await dateInput(ctx, dated), does: 'form' },
      },
      slipsSwitch(ctx, session),
    ],
  };
  return {
    summary: ctx.t('session.edit.short'),
    blocks: [
      { kind: 'text', text },
      ...(await eventBlocks(ctx, session.id)),
      series,
      {
        kind: 'buttons',
        buttons: [
          { label: ctx.t('session.edit.move'), act: { path: ['session', 'move'], input: one, does: 'form' } },
          { label: ctx.t('session.edit.skip'), act: { path: ['session', 'skip'], input: one } },
          { label: ctx.t('session.edit.cancel'), act: { path: ['session', 'cancel'], input: one } },
        ],
      },
      { kind: 'note', text: ctx.t('session.edit.dateNote') },
    ],
  };
}

export const sessionEdit = defineCommand({
  path: ['session', 'edit'],
  role: 'anyone',
  asksRoles: true,
  reply: 'private',
  params: sessionParams,
  run: (given, ctx) => {
    const said = picked(given);
    return withSession(ctx, said, { path: ['session', 'edit'] }, (found) => choices(ctx, found, said.local));
  },
});

/** One date of a session, in everything but its time. */
const sessionChangeDate = defineCommand({
  path: ['session', 'change-date'],
  ...tappedByRole,
  title: 'session.edit.dateTitle',
  params: {
    ...sameWords({
      title: basics.title,
      description: more.description,
      where: basics.where,
      minutes: param.int({ min: SESSION_LIMITS.minutes.least, max: SESSION_LIMITS.minutes.most, required: true }),
      chair: more.chair,
    }),
    id: param.ref({ required: true }),
    local: param.ref({ required: true }),
  },
  async run({ id, local, title, description, where, minutes, chair }, ctx) {
    const session = await ctx.scope.db.session.findFirst({ where: { id } });
    if (!session) throw new UserError('session.gone');
    const series = detailsOf(ctx.scope.cipher, session);
    const isElsewhere = where !== undefined && where !== (series.link ?? series.address);
    await changeDate(
      ctx.scope,
      { session: id, local },
      {
        minutes,
        ...(title !== series.title && { title }),
        ...(description !== undefined && description !== series.description && { description }),
        ...(isElsewhere && { where: readWhere(where, undefined, ctx.platform) }),
        ...(chair !== undefined && { chair }),
      },
      ctx.platform,
    );
    return saidWith(ctx.t('session.edit.dateChanged'), [
      { label: ctx.t('session.look'), act: { path: ['session', 'show'], input: { id, local } } },
      listButton(ctx),
    ]);
  },
});

export const sessionEditTaps = [sessionChangeDate];
