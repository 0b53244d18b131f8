import { type Span, shorten } from '../src/chat/index.js';
import { FIXABLE } from '../src/core/resources/care/fixes.js';
import { minuteThere } from '../src/core/resources/find.js';
import { openingsOn, openUntil } from '../src/core/resources/hours.js';
import type { FoundResource } from '../src/core/resources/look.js';
import type { ResourceSource } from '../src/core/resources/sources.js';
import type { AppCtx } from './define.js';

/** Characters of texts that are shown in a list; all of it is one tap away. */
const MOST_SHOWN = 160;
const STALE = 180 * 86_400_000;
const DAY = 24 * 60;

export const and = (ctx: AppCtx, items: readonly string[]) =>
  new Intl.ListFormat(ctx.language, { type: 'conjunction' }).format(items);
export const joined = (parts: readonly (string | undefined)[]) =>
  parts.filter((part) => part !== undefined && part !== '').join(' · ');
export const oneLine = (text: string | undefined) =>
  text === undefined ? undefined : shorten(text.replace(/\s+/gu, ' '), MOST_SHOWN);
export const dayText = (ctx: AppCtx, at: Date): string =>
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
export function todayText(ctx: AppCtx, { hours, zone }: FoundResource): string | undefined {
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
export function verifiedText(
  ctx: AppCtx,
  { verified, checkedOn }: FoundResource,
  { seenAt }: Pick<ResourceSource, 'seenAt'>,
): string {
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

export function distanceText(ctx: AppCtx, miles: number | undefined): string | undefined {
  if (miles === undefined) return undefined;
  const number = new Intl.NumberFormat(ctx.locale, { maximumFractionDigits: miles < 10 ? 1 : 0 }).format(miles);
  return ctx.t('resource.miles', { miles: number });
}

/** Whose list it is, and what its licence asks to be said. */
export const sourceText = (ctx: AppCtx, { name, attribution, licence, isOwn }: ResourceSource) =>
  isOwn ? ctx.t('resource.own') : [name, attribution, licence].filter(Boolean).join(', ');
