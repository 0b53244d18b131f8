import { type Block, type Reply, type Span, shorten, type Tap, type Text } from '../src/chat/index.js';
import type { Found, FoundMeeting } from '../src/core/meetings/find.js';
import { languageName } from '../src/core/meetings/languages.js';
import type { Source } from '../src/core/meetings/sources.js';
import { nameOfKind } from '../src/core/meetings/types.js';
import { ASKS, type Asked, ownKindsOf } from '../src/core/meetings/understand.js';
import type { AppCtx } from './define.js';
import { moment } from './schedule-words.js';

/** Of an option of a select, on every platform. */
const MOST_LABEL = 75;
const SHOWN_KINDS = 6;

const and = (ctx: AppCtx, items: readonly string[]) => new Intl.ListFormat(ctx.language, { type: 'conjunction' }).format(items);
const joined = (parts: readonly (string | undefined)[]) => parts.filter((part) => part !== undefined && part !== '').join(' · ');
const dayOf = (ctx: AppCtx, at: Date) =>
  new Intl.DateTimeFormat(ctx.locale, { dateStyle: 'medium', timeZone: ctx.scope.member.zone }).format(at);

const cityOf = (zone: string) => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');

/** Day and time as the clocks at the meeting show them. */
function there(ctx: AppCtx, start: Date, zone: string): string {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(ctx.locale, { ...options, timeZone: zone }).format(start);
  const values = { day: format({ weekday: 'long' }), time: format({ hour: 'numeric', minute: '2-digit' }), city: cityOf(zone) };
  return ctx.t('meeting.there', values);
}

/** When it is: in the reader's zone, and there. */
function whenText(ctx: AppCtx, { start, zone }: FoundMeeting): Span[] {
  if (!start) return [ctx.t('meeting.appointment')];
  const relative: Span & object = { time: start, style: 'relative', zone: ctx.scope.member.zone };
  const time = moment(ctx, start);
  const said =
    start <= ctx.now
      ? ctx.rich<Span & object>('meeting.began', { time: relative })
      : ctx.rich<Span & object>('meeting.starts', { time, relative });
  return [...said, ` · ${there(ctx, start, zone)}`];
}

const venueOf = ({ isOnline, isInPerson }: FoundMeeting) =>
  isOnline ? (isInPerson ? 'both' : 'online') : isInPerson ? 'in-person' : 'closed';

const kindsText = (ctx: AppCtx, types: readonly string[], sources: readonly Source[]) =>
  types.map((type) => nameOfKind(type, ctx.language, ownKindsOf(sources)));

function item(ctx: AppCtx, meeting: FoundMeeting, sources: readonly Source[]): Text {
  const { details, types, isInPerson, sourceId } = meeting;
  const own = sources.filter(({ id }) => id === sourceId);
  const place = joined([isInPerson ? details.location : undefined, details.area]);
  const kinds = kindsText(ctx, types, own).slice(0, SHOWN_KINDS).join(', ');
  return [
    { bold: details.name },
    '\n',
    ...whenText(ctx, meeting),
    `\n${joined([ctx.t(`meeting.venue.${venueOf(meeting)}`), place, kinds, own[0]?.name])}`,
  ];
}

/** Whose lists these are, and how old they are. */
function attribution(ctx: AppCtx, meetings: readonly FoundMeeting[], sources: readonly Source[]): Block<Tap> {
  const used = sources.filter(({ id }) => meetings.some(({ sourceId }) => sourceId === id));
  const names = and(
    ctx,
    used.map(({ name, seenAt }) => ctx.t('meeting.seen', { name, day: dayOf(ctx, seenAt) })),
  );
  return { kind: 'note', text: ctx.t('meeting.from', { lists: used.length, names }) };
}

const path = ['meeting', 'find'] as const;
const changeButton = (ctx: AppCtx, asked: Asked) => ({
  label: ctx.t('meeting.change'),
  act: { path, input: { ...asked }, does: 'form' as const },
});

/** What was looked for, in the words in which it was understood. */
function searched(ctx: AppCtx, asked: Asked): Block<Tap>[] {
  const how = asked.how && ctx.t(`meeting.venue.${asked.how}`);
  const what = ASKS.map((name) => (name === 'how' ? how : asked[name])).filter((value) => value !== undefined);
  return what.length === 0 ? [] : [{ kind: 'note', text: ctx.t('meeting.searched', { what: what.join(' · ') }) }];
}

export function foundReply(ctx: AppCtx, { meetings, next }: Found, sources: readonly Source[], asked: Asked): Reply {
  const options = meetings.map(({ id, details }) => ({ value: id, label: shorten(details.name, MOST_LABEL) }));
  return {
    summary: ctx.t('meeting.summary'),
    blocks: [
      { kind: 'heading', text: ctx.t('meeting.heading') },
      ...searched(ctx, asked),
      { kind: 'list', items: meetings.map((meeting) => item(ctx, meeting, sources)) },
      { kind: 'select', placeholder: ctx.t('meeting.choose'), act: { path: ['meeting', 'look'] }, param: 'id', options },
      {
        kind: 'buttons',
        buttons: [
          ...(next
            ? [
                {
                  label: ctx.t('meeting.more'),
                  style: 'primary' as const,
                  act: { path, input: { ...asked, at: next.at === null ? undefined : String(next.at), after: next.id } },
                },
              ]
            : []),
          changeButton(ctx, asked),
        ],
      },
      ...(next ? [] : [{ kind: 'note' as const, text: ctx.t('meeting.end') }]),
      { kind: 'note', text: ctx.t('meeting.when', { zone: ctx.scope.member.zone.replaceAll('_', ' ') }) },
      attribution(ctx, meetings, sources),
    ],
  };
}

/** @param helps what can be left out so that there are meetings */
export function nothingReply(ctx: AppCtx, asked: Asked, helps: readonly (keyof Asked)[]): Reply {
  const without = helps.slice(0, 4).map((name) => ({
    label: ctx.t(`meeting.drop.${name}`),
    act: { path, input: { ...asked, [name]: undefined } },
  }));
  const any = { label: ctx.t('meeting.any'), act: { path } };
  const text = ctx.t('meeting.none');
  return {
    summary: ctx.t('meeting.summary'),
    blocks: [
      { kind: 'text', text },
      ...searched(ctx, asked),
      { kind: 'text', text: ctx.t(helps.length > 0 ? 'meeting.loosen' : 'meeting.loosenNone') },
      { kind: 'buttons', buttons: [...(without.length > 0 ? without : [any]), changeButton(ctx, asked)] },
    ],
  };
}

type Fact = { readonly label: string; readonly value: Text };

/** How to get in. A link that its group does not publish is not guessed. */
function waysIn(ctx: AppCtx, { isOnline, isInPerson, details }: FoundMeeting): Fact[] {
  const { link, linkNotes, phone, phoneNotes, location, address, area } = details;
  const place = joined([location, address ?? area]);
  const facts: Fact[] = [];
  if (isInPerson && place !== '') facts.push({ label: ctx.t('meeting.look.where'), value: place });
  if (!isInPerson && address !== undefined && isOnline === false)
    facts.push({ label: ctx.t('meeting.look.where'), value: ctx.t('meeting.look.closedRoom') });
  if (isOnline) {
    const notes = linkNotes === undefined ? [] : [`\n${linkNotes}`];
    const value: Text = link === undefined ? [ctx.t('meeting.look.withheld'), ...notes] : [{ link }, ...notes];
    if (link !== undefined || phone === undefined) facts.push({ label: ctx.t('meeting.look.online'), value });
    if (phone !== undefined)
      facts.push({ label: ctx.t('meeting.look.phone'), value: [phone, phoneNotes].filter(Boolean).join('\n') });
  }
  return facts;
}

const dayText = (ctx: AppCtx, day: string) =>
  new Intl.DateTimeFormat(ctx.locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));

export function lookReply(ctx: AppCtx, meeting: FoundMeeting, source: Source | undefined): Reply {
  const { details, types, languages } = meeting;
  const { duration, group, notes, page, updated } = details;
  const length = duration === undefined ? [] : [` · ${ctx.t('meeting.minutes', { count: duration })}`];
  const kinds = kindsText(ctx, types, source ? [source] : []).join(', ');
  const list = source?.name ?? '';
  const facts: Fact[] = [
    { label: ctx.t('meeting.look.when'), value: [...whenText(ctx, meeting), ...length] },
    ...waysIn(ctx, meeting),
    ...(kinds === '' ? [] : [{ label: ctx.t('meeting.look.kind'), value: kinds }]),
    {
      label: ctx.t('meeting.look.languages'),
      value: and(
        ctx,
        languages.map((code) => languageName(code, ctx.language)),
      ),
    },
    ...(group === undefined || group === details.name ? [] : [{ label: ctx.t('meeting.look.group'), value: group }]),
    ...(notes === undefined ? [] : [{ label: ctx.t('meeting.look.notes'), value: notes }]),
    ...(page === undefined ? [] : [{ label: ctx.t('meeting.look.page'), value: [{ link: page }] }]),
    {
      label: ctx.t('meeting.look.list'),
      value: updated === undefined ? list : ctx.t('meeting.look.updated', { name: list, day: dayText(ctx, updated) }),
    },
  ];
  return {
    summary: ctx.t('meeting.summary'),
    blocks: [
      { kind: 'heading', text: details.name },
      { kind: 'text', text: ctx.t(`meeting.venue.${venueOf(meeting)}`) },
      { kind: 'facts', facts },
      { kind: 'note', text: ctx.t('meeting.look.private') },
    ],
  };
}
