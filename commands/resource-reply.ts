import type { Block, Button, Choice, Reply, Span, Tap, Text } from '../src/chat/index.js';
import { languageName } from '../src/core/meetings/languages.js';
import { FIXABLE } from '../src/core/resources/care/fixes.js';
import { type Found, minuteThere } from '../src/core/resources/find.js';
import { openingsOn, openUntil } from '../src/core/resources/hours.js';
import type { FoundResource } from '../src/core/resources/look.js';
import type { ResourceSource } from '../src/core/resources/sources.js';
import { ASKS, type Asked } from '../src/core/resources/understand.js';
import type { AppCtx } from './define.js';
import { pickButton } from './saved-buttons.js';

/** Of an option of a select, on every platform. */
const MOST_LABEL = 75;
/** Characters of texts that are shown in a list; all of it is one tap away. */
const MOST_SHOWN = 160;
const STALE = 180 * 86_400_000;
const DAY = 24 * 60;

const path = ['resource', 'find'] as const;

const and = (ctx: AppCtx, items: readonly string[]) => new Intl.ListFormat(ctx.language, { type: 'conjunction' }).format(items);
export const joined = (parts: readonly (string | undefined)[]) =>
  parts.filter((part) => part !== undefined && part !== '').join(' · ');
const clip = (text: string, most: number) => ([...text].length > most ? `${[...text].slice(0, most - 1).join('')}…` : text);
export const oneLine = (text: string | undefined) =>
  text === undefined ? undefined : clip(text.replace(/\s+/gu, ' '), MOST_SHOWN);
const dayText = (ctx: AppCtx, at: Date): string =>
  new Intl.DateTimeFormat(ctx.locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(at);

/** @param day YYYY-MM-DD */
export const sayDay = (ctx: AppCtx, day: string): string => dayText(ctx, new Date(`${day}T12:00:00Z`));

/** A number that calls when it is tapped, where the platform can. */
function call(phone: string): Span {
  const [number = '', extension = ''] = phone.split(/\s*x/u);
  const digits = number.replace(/[^\d+]/gu, '');
  return { link: `tel:${digits}${extension === '' ? '' : `;ext=${extension.replace(/\D/gu, '')}`}`, label: phone };
}

export const phonesOf = (phones: readonly string[]): Span[] =>
  phones.flatMap((phone, i) => (i === 0 ? [call(phone)] : [', ', call(phone)]));

function clock(ctx: AppCtx, minute: number): string {
  const at = new Date(Date.UTC(2024, 0, 1, 0, minute % DAY));
  return new Intl.DateTimeFormat(ctx.locale, { timeStyle: 'short', timeZone: 'UTC' }).format(at);
}

/** Today's hours as the clocks there show them; undefined where they are not known. */
function todayText(ctx: AppCtx, { hours, zone }: FoundResource): string | undefined {
  if (hours.length === 0 || zone === null) return undefined;
  const now = minuteThere(ctx.now, zone);
  const today = openingsOn(hours, Math.floor(now / DAY));
  if (today.length === 0) return ctx.t('resource.closedToday');
  const isAllDay = today.some(([from, to]) => from === 0 && to === DAY);
  const times = isAllDay
    ? ctx.t('resource.allDay')
    : and(
        ctx,
        today.map(([from, to]) => `${clock(ctx, from)} – ${clock(ctx, to)}`),
      );
  return ctx.t(openUntil(hours, now) === undefined ? 'resource.closedNow' : 'resource.openNow', { times });
}

/** When somebody last assured it, its source or this community, or that nobody said so. */
function verifiedText(ctx: AppCtx, { verified, checkedOn }: FoundResource, { seenAt }: Pick<ResourceSource, 'seenAt'>): string {
  const isStaleSince = (day: string) => ctx.now.getTime() - Date.parse(`${day}T12:00:00Z`) > STALE;
  if (checkedOn !== null && checkedOn >= (verified ?? ''))
    return ctx.t(isStaleSince(checkedOn) ? 'resource.checkedStale' : 'resource.checked', { day: sayDay(ctx, checkedOn) });
  if (verified === null) return ctx.t('resource.unverified', { day: dayText(ctx, seenAt) });
  return ctx.t(isStaleSince(verified) ? 'resource.stale' : 'resource.verified', { day: sayDay(ctx, verified) });
}

/** What the community knows better than the list, and since when; those of one day together. */
export function fixedTexts(ctx: AppCtx, { fixes }: FoundResource): readonly string[] {
  const fixed = FIXABLE.flatMap((field) => (fixes[field] ? [{ field, since: fixes[field].since }] : []));
  return [...new Set(fixed.map(({ since }) => since))].map((day) => {
    const ofDay = fixed.filter(({ since }) => since === day);
    const fields = and(
      ctx,
      ofDay.map(({ field }) => ctx.t(`resource.fields.${field}`)),
    );
    return ctx.t('resource.fixedSince', { fields, day: sayDay(ctx, day) });
  });
}

function distanceText(ctx: AppCtx, miles: number | undefined): string | undefined {
  if (miles === undefined) return undefined;
  const number = new Intl.NumberFormat(ctx.locale, { maximumFractionDigits: miles < 10 ? 1 : 0 }).format(miles);
  return ctx.t('resource.miles', { miles: number });
}

/** A service in a list. */
export function item(ctx: AppCtx, resource: FoundResource, source: ResourceSource | undefined): Text {
  const { details, miles } = resource;
  const { name, organization, description, alert, area, phones, start, cost } = details;
  const lines = [
    joined([organization, area, distanceText(ctx, miles)]),
    oneLine(alert ?? description),
    joined([todayText(ctx, resource), cost && ctx.t('resource.costs', { cost: oneLine(cost) ?? '' })]),
    start && ctx.t('resource.startBy', { start: oneLine(start) ?? '' }),
    ...fixedTexts(ctx, resource),
    joined([resource.isPinned ? ctx.t('resource.pinned') : undefined, source && verifiedText(ctx, resource, source)]),
  ].filter((line) => line !== undefined && line !== '');
  const calls: Span[] = phones.length === 0 ? [] : ['\n', ...phonesOf(phones.slice(0, 1))];
  return [{ bold: name }, ...calls, `\n${lines.join('\n')}`];
}

/** Whose lists these are, and what their licences ask to be said. */
function attribution(ctx: AppCtx, found: readonly FoundResource[], sources: readonly ResourceSource[]): Block<Tap> {
  const used = sources.filter(({ id }) => found.some(({ sourceId }) => sourceId === id));
  return {
    kind: 'note',
    text: ctx.t('resource.from', {
      names: and(
        ctx,
        used.map((source) => sourceText(ctx, source)),
      ),
    }),
  };
}

const sourceText = (ctx: AppCtx, { name, attribution, licence, isOwn }: ResourceSource) =>
  isOwn ? ctx.t('resource.own') : [name, attribution, licence].filter(Boolean).join(', ');

/** Services to choose from. */
export const namesOf = (resources: readonly FoundResource[]): Choice[] =>
  resources.map(({ id, details }) => ({ value: id, label: clip(details.name, MOST_LABEL) }));

/** How one thing that was asked for is said. */
function askedText(ctx: AppCtx, asked: Asked, name: (typeof ASKS)[number]): string | undefined {
  const { category, who, cost, within } = asked;
  if (name === 'category') return category && ctx.t(`commands.resource.find.params.category.choices.${category}`);
  if (name === 'who') return who && ctx.t(`commands.resource.find.params.who.choices.${who}`);
  if (name === 'cost') return cost && ctx.t(`commands.resource.find.params.cost.choices.${cost}`);
  if (name === 'open') return asked.open ? ctx.t('resource.isOpen') : undefined;
  if (name === 'within') return within === undefined ? undefined : ctx.t('resource.miles', { miles: String(within) });
  return asked[name];
}

function searched(ctx: AppCtx, asked: Asked): Block<Tap>[] {
  const what = ASKS.map((name) => askedText(ctx, asked, name)).filter((text) => text !== undefined);
  return what.length === 0 ? [] : [{ kind: 'note', text: ctx.t('resource.searched', { what: what.join(' · ') }) }];
}

const changeButton = (ctx: AppCtx, asked: Asked) => ({
  label: ctx.t('resource.change'),
  act: { path, input: { ...asked }, does: 'form' as const },
});

/** @param next how many were shown, with these */
export function foundReply(ctx: AppCtx, found: Found, sources: readonly ResourceSource[], asked: Asked, next: number): Reply {
  const { resources, hasMore } = found;
  const more = {
    label: ctx.t('resource.more'),
    style: 'primary' as const,
    act: { path, input: { ...asked, skip: String(next) } },
  };
  const open = { label: ctx.t('resource.isOpen'), act: { path, input: { ...asked, open: true } } };
  const offersOpen = asked.open === undefined && resources.some(({ hours, zone }) => hours.length > 0 && zone !== null);
  return {
    summary: ctx.t('resource.summary'),
    blocks: [
      { kind: 'heading', text: ctx.t('resource.heading') },
      ...searched(ctx, asked),
      {
        kind: 'list',
        items: resources.map((one) =>
          item(
            ctx,
            one,
            sources.find(({ id }) => id === one.sourceId),
          ),
        ),
      },
      {
        kind: 'select',
        placeholder: ctx.t('resource.choose'),
        act: { path: ['resource', 'look'] },
        param: 'id',
        options: namesOf(resources),
      },
      {
        kind: 'buttons',
        buttons: [
          ...(hasMore ? [more] : []),
          ...(offersOpen ? [open] : []),
          pickButton(ctx, resources),
          changeButton(ctx, asked),
        ],
      },
      ...(hasMore ? [] : [{ kind: 'note' as const, text: ctx.t('resource.end') }]),
      attribution(ctx, resources, sources),
      { kind: 'note', text: ctx.t('resource.private') },
    ],
  };
}

/** @param helps what can be left out so that there are services */
export function nothingReply(ctx: AppCtx, asked: Asked, helps: readonly (typeof ASKS)[number][]): Reply {
  const without = helps.slice(0, 4).map((name) => ({
    label: ctx.t(`resource.drop.${name}`),
    act: { path, input: { ...asked, [name]: undefined } },
  }));
  return {
    summary: ctx.t('resource.summary'),
    blocks: [
      { kind: 'text', text: ctx.t('resource.none') },
      ...searched(ctx, asked),
      { kind: 'text', text: ctx.t(without.length > 0 ? 'resource.loosen' : 'resource.otherWords') },
      { kind: 'buttons', buttons: [...without, changeButton(ctx, asked)] },
    ],
  };
}

/** That nothing can be found because there is nothing, and what can be done about it. */
export const emptyReply = (ctx: AppCtx): Reply => ({
  summary: ctx.t('resource.summary'),
  blocks: [
    { kind: 'text', text: ctx.t('resource.empty') },
    { kind: 'note', text: ctx.t('resource.emptyHow') },
  ],
});

/** To say what is wrong with a service. */
export const wrongButton = (ctx: AppCtx, id: string): Button<Tap> => ({
  label: ctx.t('resource.look.wrong'),
  act: { path: ['resource', 'wrong'], input: { id } },
});

function careButtons(ctx: AppCtx, { id }: FoundResource): Button<Tap>[] {
  const { roles } = ctx.scope;
  const care: Button<Tap> = { label: ctx.t('resource.look.care'), act: { path: ['resource', 'care'], input: { id } } };
  return [wrongButton(ctx, id), ...(roles.has('facilitator') || roles.has('coordinator') ? [care] : [])];
}

type Fact = { readonly label: string; readonly value: Text };

/** All that its source says of a service. */
export function serviceBlocks(ctx: AppCtx, resource: FoundResource, source: ResourceSource): Block<Tap>[] {
  const { details, note } = resource;
  const { name, organization, description, alert, address, area, phones, email, url, languages } = details;
  const texts = {
    today: todayText(ctx, resource),
    hours: details.schedule,
    start: details.start,
    who: details.eligibility,
    documents: details.documents,
    cost: details.cost,
    wait: details.wait,
    where: joined([address, area]),
    organization,
    languages:
      languages.length === 0
        ? undefined
        : and(
            ctx,
            languages.map((code) => languageName(code, ctx.language)),
          ),
    email,
  };
  const facts: Fact[] = Object.entries(texts).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [{ label: ctx.t(`resource.look.${key as keyof typeof texts}`), value }],
  );
  return [
    { kind: 'heading', text: name },
    ...[alert, description].flatMap((text): Block<Tap>[] => (text === undefined ? [] : [{ kind: 'text', text }])),
    {
      kind: 'facts',
      facts: [
        ...(phones.length === 0 ? [] : [{ label: ctx.t('resource.look.phone'), value: phonesOf(phones) }]),
        ...facts,
        ...(url === undefined ? [] : [{ label: ctx.t('resource.look.page'), value: [{ link: url }] }]),
        { label: ctx.t('resource.look.list'), value: sourceText(ctx, source) },
      ],
    },
    ...(note === undefined ? [] : [{ kind: 'text' as const, text: ctx.t('resource.look.note', { note }) }]),
    ...fixedTexts(ctx, resource).map((text) => ({ kind: 'note' as const, text })),
    { kind: 'note', text: verifiedText(ctx, resource, source) },
  ];
}

/** One service, and what can be done with it. */
export const lookReply = (
  ctx: AppCtx,
  resource: FoundResource,
  source: ResourceSource,
  buttons: readonly Button<Tap>[],
): Reply => ({
  summary: ctx.t('resource.summary'),
  blocks: [
    ...serviceBlocks(ctx, resource, source),
    { kind: 'buttons', buttons: [...buttons, ...careButtons(ctx, resource)] },
    { kind: 'note', text: ctx.t('resource.private') },
  ],
});
