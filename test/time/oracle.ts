import { Temporal } from 'temporal-polyfill';

/** A second opinion on time zones, from Intl alone: offsets by the day, changes found by halving. Minutes throughout. */
export interface ZoneChange {
  /** Minutes since 1970 in UTC: the first minute with the new offset. */
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

export interface ZoneClock {
  readonly first: number;
  readonly changes: readonly ZoneChange[];
}

export const ZONES: readonly string[] = Intl.supportedValuesOf('timeZone');
export const FROM = Date.UTC(2026, 10, 1) / 60_000;
export const UNTIL = Date.UTC(2031, 10, 1) / 60_000;

const DAY = 1440;

function offsetReader(zone: string): (minute: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  return (minute) => {
    const [month, day, year, hour, min] = (format.format(minute * 60_000).match(/\d+/gu) ?? []).map(Number);
    return Date.UTC(year as number, (month as number) - 1, day, hour, min) / 60_000 - minute;
  };
}

const known = new Map<string, ZoneClock>();

/** Every change of a zone's clocks between {@link FROM} and {@link UNTIL}, and the offset at the beginning. */
export function changesOf(zone: string): ZoneClock {
  const clock = known.get(zone) ?? findChanges(zone);
  known.set(zone, clock);
  return clock;
}

function findChanges(zone: string): ZoneClock {
  const offsetAt = offsetReader(zone);
  const changes: ZoneChange[] = [];
  const first = offsetAt(FROM);
  let before = first;
  for (let minute = FROM + DAY; minute <= UNTIL; minute += DAY) {
    const after = offsetAt(minute);
    if (after === before) continue;
    let [low, high] = [minute - DAY, minute];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offsetAt(middle) === before) low = middle;
      else high = middle;
    }
    changes.push({ at: high, before, after });
    before = after;
  }
  return { first, changes };
}

/** A wall time as minutes, as if it were in UTC. */
export const wall = (local: Temporal.PlainDateTime): number =>
  Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute) / 60_000;

/**
 * The first minute at which the clocks have shown this wall time or a later one. That is the whole rule for gaps and overlaps.
 */
export function minuteOf(local: Temporal.PlainDateTime, { first, changes }: ZoneClock): number {
  const wanted = wall(local);
  let [from, offset] = [Number.NEGATIVE_INFINITY, first];
  for (const change of [...changes, { at: Number.POSITIVE_INFINITY, before: 0, after: 0 }]) {
    const minute = Math.max(from, wanted - offset);
    if (minute < change.at) return minute;
    [from, offset] = [change.at, change.after];
  }
  throw new Error('unreachable');
}

export const minute = (at: Temporal.Instant): number => at.epochMilliseconds / 60_000;
export const instant = (at: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(at * 60_000);
