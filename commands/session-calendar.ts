import { type Block, param, type Reply, type Tap, UserError } from '../src/chat/index.js';
import { sessionsInFull } from '../src/core/feeds/sessions.js';
import { dateNamed } from '../src/core/sessions/find.js';
import { type AppCtx, defineCommand, tapped } from './define.js';
import { said } from './said.js';

/** Calendar files come along as attachments; how their words come about is told in docs/privacy.md. */
const file = (ctx: AppCtx, text: string): Block<Tap> => ({
  kind: 'file',
  name: 'calendar.ics',
  type: 'text/calendar',
  bytes: Buffer.from(text),
  label: ctx.t('feed.fileLabel'),
});

/** Under every session: what it takes to have this date in one's own calendar. */
export const calendarButton = (ctx: AppCtx, { session: id, local }: { readonly session: string; readonly local: string }) => ({
  label: ctx.t('feed.add'),
  act: { path: ['session', 'calendar'] as const, input: { id, local } },
});

interface Wanted {
  readonly id: string;
  /** One date; absent: all of them. */
  readonly local?: string | undefined;
  readonly titles?: string | undefined;
}

const act = (input: Wanted): Tap => ({ path: ['session', 'calendar'], input: { ...input } });

/** The same with the real title, and with all dates. */
function ways(ctx: AppCtx, { id, local, titles }: Wanted, recurs: boolean): Block<Tap>[] {
  const isFull = titles === 'full';
  const kept = { id, ...(isFull && { titles }) };
  const buttons = [
    ...(recurs && local !== undefined ? [{ label: ctx.t('feed.allDates'), act: act(kept) }] : []),
    { label: ctx.t(isFull ? 'feed.asMeeting' : 'feed.withTitle'), act: act({ id, local, ...(!isFull && { titles: 'full' }) }) },
  ];
  return [{ kind: 'buttons', buttons }];
}

export const sessionCalendar = defineCommand({
  path: ['session', 'calendar'],
  counts: 'export',
  ...tapped,
  params: { id: param.ref({ required: true }), local: param.ref({}), titles: param.ref({}) },
  async run(wanted, ctx): Promise<Reply> {
    const { calendarFile } = await import('../src/cards/calendar.js');
    const { scope, t } = ctx;
    const [listed] = await sessionsInFull(scope, scope.now, [wanted.id]);
    const see = { label: 'session.seeList', tap: { path: ['session', 'list'] } } as const;
    if (!listed) throw new UserError('session.gone', {}, see);
    const date = wanted.local === undefined ? undefined : await dateNamed(scope.db, listed.session, wanted.local);
    if (wanted.local !== undefined && !date) throw new UserError('session.noDate', {}, see);
    const isDiscreet = wanted.titles !== 'full';
    return said(t(date ? 'feed.oneDate' : 'feed.series'), [
      file(ctx, calendarFile({ t, isDiscreet }, listed, scope.now, date)),
      { kind: 'note', text: t(isDiscreet ? 'feed.isDiscreet' : 'feed.isFull', { name: t('feed.discreet') }) },
      { kind: 'note', text: t('feed.fileStays') },
      ...ways(ctx, wanted, listed.session.rrule !== null),
    ]);
  },
});

/** All sessions at once, as they are today. */
export const sessionCalendarAll = defineCommand({
  path: ['session', 'calendar-all'],
  counts: 'export',
  ...tapped,
  params: { titles: param.ref({}) },
  async run({ titles }, ctx): Promise<Reply> {
    const { calendarOf } = await import('../src/cards/calendar.js');
    const { scope, t } = ctx;
    const isDiscreet = titles !== 'full';
    const text = t('feed.all');
    const other = { label: t(isDiscreet ? 'feed.withTitles' : 'feed.asMeeting'), titles: isDiscreet ? 'full' : undefined };
    return said(text, [
      file(ctx, calendarOf({ t, isDiscreet }, await sessionsInFull(scope, scope.now), scope.now)),
      { kind: 'note', text: t(isDiscreet ? 'feed.isDiscreet' : 'feed.isFull', { name: t('feed.discreet') }) },
      { kind: 'note', text: t('feed.fileStays') },
      {
        kind: 'buttons',
        buttons: [{ label: other.label, act: { path: ['session', 'calendar-all'], input: { titles: other.titles } } }],
      },
    ]);
  },
});
