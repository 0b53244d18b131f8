/** What decides when one may say that one is there. */
export interface Timed {
  readonly startsAt: Date;
  readonly minutes: number;
  readonly state: 'planned' | 'live' | 'over' | 'cancelled';
  readonly endedAt: Date | null;
}

interface Window {
  readonly from: Date;
  readonly to: Date;
}

const MINUTE = 60_000;
/** Minutes around the start and before the end; of a short session, half of it at most. */
const NEAR = 15;
const AFTER_END = 30;

const later = (at: Date, minutes: number) => new Date(at.getTime() + minutes * MINUTE);
const holds = ({ from, to }: Window, at: Date) => at >= from && at <= to;

/** From a quarter of an hour before the start until a quarter after it: late is welcome. */
export const comingWindow = ({ startsAt, minutes }: Timed): Window => ({
  from: later(startsAt, -NEAR),
  to: later(startsAt, Math.min(NEAR, minutes / 2)),
});

/** From a quarter of an hour before the end until half an hour after it; a session that runs longer keeps it open. */
export function leavingWindow({ startsAt, minutes, state, endedAt }: Timed, now: Date): Window {
  const planned = later(startsAt, minutes);
  const ends = [planned, endedAt ?? (state === 'live' && now > planned ? now : planned)].map(Number);
  return {
    from: later(new Date(Math.min(...ends)), -Math.min(NEAR, minutes / 2)),
    to: later(new Date(Math.max(...ends)), AFTER_END),
  };
}

/** Whether a tap at this instant counts. A date that was called off counts for nobody. */
export const mayCome = (timed: Timed, at: Date): boolean => timed.state !== 'cancelled' && holds(comingWindow(timed), at);
export const mayLeave = (timed: Timed, at: Date): boolean => timed.state !== 'cancelled' && holds(leavingWindow(timed, at), at);

/** Whole minutes between two taps that lie within the session. */
export function minutesThere(timed: Timed, cameAt: Date, leftAt: Date): number {
  const end = timed.endedAt ?? later(timed.startsAt, timed.minutes);
  const from = Math.max(cameAt.getTime(), timed.startsAt.getTime());
  return Math.max(0, Math.floor((Math.min(leftAt.getTime(), end.getTime()) - from) / MINUTE));
}
