import { formatOf, whereOf } from '../src/cards/session-card.js';
import { type Block, param, type Reply, type Span, shorten, type Tap, type Text } from '../src/chat/index.js';
import { ownZone } from '../src/core/checkins/schedules/zone.js';
import { SESSION_FORMATS, type SessionFormat } from '../src/core/sessions/kinds.js';
import { type ListedDates, type ListFilter, listDates } from '../src/core/sessions/list.js';
import { languageOf } from '../src/core/sessions/understand.js';
import { type SessionView, viewDates } from '../src/core/sessions/view.js';
import { languageName } from '../src/words/languages.js';
import { type AppCtx, defineCommand } from './define.js';
import { moment } from './schedule-words.js';
import { readerOf } from './session-find.js';
import { languageParam } from './session-params.js';

interface Wanted {
  readonly format?: SessionFormat | undefined;
  readonly language?: string | undefined;
  readonly mine?: boolean | undefined;
}

/** A date in the reader's language, such as “Tuesday, 5 May”. */
const dayName = ({ locale }: AppCtx, day: Date, zone: string) =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: zone }).format(day);

function lineOf(ctx: AppCtx, view: SessionView, style: 'time' | 'datetime'): Text {
  const where = whereOf(readerOf(ctx), view);
  const language = view.language === undefined ? [] : [` · ${languageName(ctx.language, view.language)}`];
  const state = view.state === 'planned' ? (view.isMoved ? 'moved' : undefined) : view.state;
  return [
    { time: view.startsAt, style, zone: ctx.scope.member.zone },
    ' · ',
    { bold: view.title },
    ` · ${formatOf(ctx, view)} · `,
    ...(typeof where === 'string' ? [where] : where),
    ...language,
    ...(state && state !== 'over' ? [` · ${ctx.t(`session.list.${state}`)}`] : []),
  ];
}

/** Platforms that tell no zone show times in their own reader's: then the day stands beside each time. */
async function byDay(ctx: AppCtx, views: readonly SessionView[]): Promise<Block<Tap>[]> {
  const { zone } = ctx.scope.member;
  const style = (await ownZone(ctx.scope)) === undefined ? 'datetime' : 'time';
  const named = views.map((view) => ({ view, day: dayName(ctx, view.startsAt, zone) }));
  const days = [...new Set(named.map(({ day }) => day))];
  return [
    ...days.flatMap((day): Block<Tap>[] => [
      { kind: 'text', text: [{ bold: day }] },
      { kind: 'list', items: named.filter((one) => one.day === day).map(({ view }) => lineOf(ctx, view, style)) },
    ]),
    { kind: 'note', text: ctx.t('session.list.zone', { zone }) },
  ];
}

const pick = ({ session, local }: SessionView) => `${session} ${local}`;

function lookAtOne(ctx: AppCtx, views: readonly SessionView[]): Block<Tap>[] {
  const label = ({ title, startsAt }: SessionView) => {
    const day = new Intl.DateTimeFormat(ctx.locale, {
      weekday: 'short',
      hour: 'numeric',
      minute: '2-digit',
      timeZone: ctx.scope.member.zone,
    }).format(startsAt);
    return shorten(`${day} · ${title}`, 75);
  };
  if (views.length === 0) return [];
  const options = views.slice(0, 25).map((view) => ({ value: pick(view), label: label(view) }));
  return [
    { kind: 'select', placeholder: ctx.t('session.list.look'), act: { path: ['session', 'show'] }, param: 'pick', options },
  ];
}

/** In the playground only: fills the form's answers in, so that a visitor sees a preview without typing. It is saved by the same tap as any. */
const sampleOf = (ctx: AppCtx): Tap => ({
  path: ['session', 'create'],
  input: { title: ctx.t('session.sample.title'), when: ctx.t('session.sample.when'), description: ctx.t('session.sample.about') },
});

function whatNow(ctx: AppCtx, wanted: Wanted, listed: ListedDates): Block<Tap>[] {
  const { more, later } = listed;
  const isNarrow = Object.values(wanted).some((value) => value !== undefined && value !== false);
  const again = (input: object, label: string): { label: string; act: Tap } => ({
    label,
    act: { path: ['session', 'list'], input: { ...input } },
  });
  const sample =
    ctx.platform === 'playground' && listed.dates.length === 0 && !later && !isNarrow
      ? [{ label: ctx.t('session.list.sample'), act: sampleOf(ctx) }]
      : [];
  return [
    {
      kind: 'buttons',
      buttons: [
        again({ ...wanted, from: more.toISOString() }, ctx.t(later ? 'session.list.later' : 'session.list.more')),
        ...(ctx.scope.roles.has('facilitator')
          ? [
              { label: ctx.t('session.list.create'), act: { path: ['session', 'create'] as const, does: 'form' as const } },
              ...sample,
            ]
          : []),
        ...(isNarrow ? [again({}, ctx.t('session.list.all'))] : [again({ mine: 'yes' }, ctx.t('session.list.mine'))]),
        ...(listed.dates.length > 0
          ? [{ label: ctx.t('feed.addAll'), act: { path: ['session', 'calendar-all'] as const } }]
          : []),
      ],
    },
  ];
}

async function emptyText(ctx: AppCtx, wanted: Wanted, { later }: ListedDates): Promise<Text> {
  if (later) {
    const [view] = await viewDates(ctx.scope, ctx.platform, [later]);
    if (view) return ctx.rich<Span & object>('session.list.thenNext', { title: view.title, when: moment(ctx, view.startsAt) });
  }
  if (wanted.mine) return ctx.t('session.list.noneMine');
  if (wanted.format !== undefined || wanted.language !== undefined) return ctx.t('session.list.noneLike');
  return ctx.scope.roles.has('facilitator') ? ctx.t('session.list.noneYet') : ctx.t('session.list.none');
}

export const sessionList = defineCommand({
  path: ['session', 'list'],
  role: 'anyone',
  asksRoles: true,
  reply: 'private',
  params: {
    format: param.choice(SESSION_FORMATS, {}),
    language: languageParam,
    mine: param.bool({}),
    from: param.ref({}),
  },
  async run({ from, ...wanted }, ctx): Promise<Reply> {
    const { format, language, mine } = wanted;
    const filter: ListFilter = {
      ...(format !== undefined && { format }),
      ...(language !== undefined && { language: languageOf(language) }),
      ...(mine !== undefined && { isMine: mine }),
    };
    const listed = await listDates(ctx.scope, filter, from === undefined ? undefined : new Date(from));
    const views = await viewDates(ctx.scope, ctx.platform, listed.dates);
    const title = ctx.t(mine ? 'session.list.titleMine' : 'session.list.title');
    return {
      summary: title,
      blocks: [
        { kind: 'heading', text: title },
        ...(views.length > 0
          ? [...(await byDay(ctx, views)), ...lookAtOne(ctx, views)]
          : [{ kind: 'text' as const, text: await emptyText(ctx, wanted, listed) }]),
        ...whatNow(ctx, wanted, listed),
      ],
    };
  },
});
