import { UserError } from '../../chat/errors.js';
import { describeSchedule, type ScheduleParts } from '../../time/describe-schedule.js';
import { localAt } from '../../time/local.js';
import { localKey } from '../../time/recurrence.js';
import { saySchedule } from '../../time/say-schedule.js';
import { beginSchedule, keepSchedule, openSchedule } from '../checkins/schedule-rule.js';
import { instant } from '../checkins/schedules/kept.js';
import { datesOf } from './occurrences.js';

/** When a session is, as it is kept. */
export interface SessionTimes {
  /** RFC 5545 without DTSTART, normalised; null: once, on `start`. */
  readonly rrule: string | null;
  /** Local date. */
  readonly start: string;
  /** Local time, HH:MM. */
  readonly time: string;
}

/** Reads one moment in words. */
export type ReadOnce = (
  text: string,
) =>
  | { at(zone: string, now: Date, ahead: boolean): { readonly instant: Date; readonly hasTime: boolean } | undefined }
  | undefined;

/** Words that mean one date although a weekday in them would mean every week. */
const ONCE = /^\s*(?:next|this|tomorrow|today|tonight|el pr[oó]ximo|la pr[oó]xima|este|esta|mañana|hoy)\b/iu;

/** «El próximo viernes» is the one that comes; the reader of moments takes it for that of next week, as “next” is in English. */
const coming = (text: string) => text.replace(/^\s*(?:el\s+)?pr[oó]ximo\s+/iu, 'el ');

function once(text: string, zone: string, now: Date, read: ReadOnce): SessionTimes | undefined {
  const at = read(coming(text))?.at(zone, now, true);
  if (!at) return undefined;
  if (!at.hasTime) throw new UserError('session.problems.noTime');
  if (at.instant <= now) throw new UserError('session.problems.past');
  const [start = '', time = ''] = localKey(localAt(instant(at.instant), zone)).split('T');
  return { rrule: null, start, time };
}

/**
 * Reads when a session is: again and again ("2nd and 4th Thursday at 7pm", an RRULE) or once ("next Friday 8pm").
 * @param zone IANA, where the words are meant
 * @throws UserError that says which part was not understood
 */
export function understandSessionTimes(text: string, zone: string, now: Date, read: ReadOnce): SessionTimes {
  const single = ONCE.test(text) ? once(text, zone, now, read) : undefined;
  if (single) return single;
  const said = saySchedule(text, zone);
  if (!said.ok) {
    const moment = once(text, zone, now, read);
    if (moment) return moment;
    if (said.why === 'word') throw new UserError('session.problems.word', { word: said.word ?? '' });
    throw new UserError(said.why === 'no-time' ? 'session.problems.noTime' : 'session.problems.when');
  }
  const [time, ...others] = said.times;
  if (others.length > 0) throw new UserError('session.problems.oneTime');
  const begun = beginSchedule(said, zone, instant(now));
  if (!begun.ok || !time) throw new UserError('session.problems.never');
  const { rrule, start } = keepSchedule(begun.schedule);
  return { rrule, start, time: time.toString({ smallestUnit: 'minute' }) };
}

/** What the rule is, in parts that words can be made of; undefined for once. */
export const partsOfTimes = ({ rrule, start, time }: SessionTimes, zone: string): ScheduleParts | undefined =>
  rrule === null ? undefined : describeSchedule(openSchedule({ rrule, start, times: [time], zone }));

const DAY = 24 * 3_600_000;

/** The next few starts. */
export function nextStarts(times: SessionTimes, zone: string, now: Date, count = 3): Date[] {
  const rule = { ...times, zone, minutes: 0, skips: [], state: 'active' as const };
  for (const days of [40, 400, 3_700]) {
    const found = datesOf(rule, [], now, new Date(now.getTime() + days * DAY));
    if (found.length >= count || days === 3_700) return found.slice(0, count).map(({ startsAt }) => startsAt);
  }
  return [];
}
