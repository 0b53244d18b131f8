import { deferPast, type QuietHours } from '../checkins/quiet-hours.js';
import { dateOf, instant } from '../checkins/schedules/kept.js';

const MINUTE = 60_000;
/** From how far ahead a reminder waits for the end of quiet hours. A nearer one cannot: it is what they asked to be woken by. */
const KEEPS_QUIET = 60;

export interface Reminder {
  /** Before the start, as the session has it: names it. */
  readonly minutes: number;
  readonly at: Date;
  /** From then on it is pointless. */
  readonly until: Date;
}

export interface Reminded {
  /** What was promised for before is left out: they had not said yes, or the date was another. */
  readonly since: Date;
  readonly quiet?: QuietHours | undefined;
  /** IANA. */
  readonly zone: string;
}

function at(startsAt: Date, minutes: number, { quiet, zone }: Reminded): Date {
  const promised = new Date(startsAt.getTime() - minutes * MINUTE);
  return minutes < KEEPS_QUIET ? promised : dateOf(deferPast(quiet, instant(promised), zone));
}

/**
 * When one member is reminded of one date. A reminder ends when the next one comes, at the start at the latest, and one of
 * long before also when half of its time is over: after a downtime, "tomorrow" is not said in the last hours.
 * @param offsets minutes before the start
 * @returns in their order; those that quiet hours would put off until another or the start are left out
 */
export function remindersOf(startsAt: Date, offsets: readonly number[], who: Reminded): Reminder[] {
  const falling = [...new Set(offsets)].filter((minutes) => minutes > 0).sort((a, b) => b - a);
  const all = falling.map((minutes) => ({ minutes, at: at(startsAt, minutes, who) }));
  return all.flatMap(({ minutes, at }, index): Reminder[] => {
    const half = minutes < KEEPS_QUIET ? startsAt.getTime() : at.getTime() + (minutes * MINUTE) / 2;
    const next = all[index + 1]?.at.getTime() ?? startsAt.getTime();
    const until = new Date(Math.min(half, next, startsAt.getTime()));
    const promised = startsAt.getTime() - minutes * MINUTE;
    return promised < who.since.getTime() || at >= until ? [] : [{ minutes, at, until }];
  });
}

/** The one that is to be sent now, if any, and when to look again. */
export function remindNow(reminders: readonly Reminder[], now: Date): { send?: Reminder; next?: Date } {
  const send = reminders.filter(({ at, until }) => at <= now && now < until).at(-1);
  const next = reminders.find(({ at }) => at > now)?.at;
  return { ...(send && { send }), ...(next && { next }) };
}
