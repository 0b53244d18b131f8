import type { Span } from '../src/chat/index.js';
import type { ScheduleParts } from '../src/core/checkins/schedules/save.js';
import type { AppCtx } from './define.js';

type Ctx = Pick<AppCtx, 't' | 'language' | 'locale'>;

const WEEK = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY = 24 * 60 * 60_000;

const and = ({ language }: Ctx, items: readonly string[]) => new Intl.ListFormat(language, { type: 'conjunction' }).format(items);

/** As the reader's country writes it: 7:30 AM, 19:30. */
export function timeOfDay({ locale }: Ctx, time: string): string {
  const format = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });
  return format.format(new Date(`2024-01-01T${time}:00Z`));
}

export function weekday({ language }: Ctx, code: string): string {
  const day = new Date(MONDAY + WEEK.indexOf(code) * DAY);
  return new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(day);
}

function days(ctx: Ctx, parts: ScheduleParts): string {
  if (parts.kind === 'monthly') {
    const names = parts.monthDays.map((day) => (day < 0 ? ctx.t('schedule.lastDay') : ctx.t('schedule.dayOfMonth', { day })));
    return and(ctx, names);
  }
  return and(
    ctx,
    parts.days.map((code) => weekday(ctx, code)),
  );
}

/** When something recurs, as a sentence of its own: "Weekdays at 7:30 AM". */
export function describeWhen(ctx: Ctx, parts: ScheduleParts): string {
  const values = {
    interval: parts.interval,
    days: days(ctx, parts),
    nth: and(
      ctx,
      parts.nths.map((nth) => ctx.t('schedule.nth', { nth: String(nth) })),
    ),
    times: and(
      ctx,
      parts.times.map((time) => timeOfDay(ctx, time)),
    ),
    rule: parts.rrule,
  };
  const text = ctx.t(`schedule.kinds.${parts.kind}`, values);
  const day =
    parts.until && new Intl.DateTimeFormat(ctx.locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(parts.until));
  const until = day ? `, ${ctx.t('schedule.until', { day })}` : '';
  const count = parts.count === undefined ? '' : `, ${ctx.t('schedule.count', { count: parts.count })}`;
  return `${text}${until}${count}`;
}

/** An instant in the member's own zone. */
export const moment = (ctx: Pick<AppCtx, 'scope'>, time: Date, zone = ctx.scope.member.zone): Span & object => ({
  time,
  style: 'datetime',
  zone,
});
