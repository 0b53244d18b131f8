import type { Temporal } from 'temporal-polyfill';
import { UserError, type When } from '../src/chat/index.js';
import { dayIn } from '../src/core/members/day.js';
import type { AppCtx } from './define.js';

/** A local day, whatever it is made with. */
type Day = { toString(): string };

/** A local day in words; never an instant, which another device would show in another zone. */
export const dayText = (ctx: Pick<AppCtx, 'locale'>, day: Day): string =>
  new Intl.DateTimeFormat(ctx.locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));

/**
 * The day that somebody wrote in words, where they are.
 * @param ahead a weekday, or a day without a year, is the next one to come
 * @throws UserError
 */
export function localDay(
  { scope, now }: Pick<AppCtx, 'scope' | 'now'>,
  when: When | undefined,
  ahead = false,
): Temporal.PlainDate | undefined {
  if (!when) return undefined;
  const at = when.at(scope.member.zone, now, ahead)?.instant;
  if (!at) throw new UserError('chat.problems.when');
  return dayIn(scope, at);
}
