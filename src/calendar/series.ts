import { Temporal } from 'temporal-polyfill';
import { isPlainSpan } from '../time/changes.js';
import { instantOf, localAt } from '../time/local.js';
import { localKey } from '../time/recurrence.js';
import { nextDay } from '../time/rule-days.js';
import { storyOf } from './vtimezone.js';

/** When something happens, as sessions keep it: see `core/sessions/occurrences.ts`. */
export interface Series {
  readonly id: string;
  /** RFC 5545 without DTSTART, normalised; null: once. */
  readonly rrule: string | null;
  /** Local date. */
  readonly start: string;
  /** Local time. */
  readonly time: string;
  /** IANA. */
  readonly zone: string;
  readonly minutes: number;
  /** Local times that do not happen. */
  readonly skips: string[];
  readonly state: 'active' | 'ended';
}

/** What is other on one date. */
export interface Exception {
  readonly local: string;
  readonly startsAt: Date;
  readonly minutes: number;
  readonly state: string;
  /** Its title or the like is its own. */
  readonly isReworded: boolean;
}

/** One VEVENT, before it has words. `zone` absent: in UTC. */
export interface Placed<E> {
  readonly uid: string;
  readonly start: Temporal.PlainDateTime;
  readonly minutes: number;
  readonly zone?: string;
  /** With `zone`. UNTIL in UTC, as beside a TZID it must be. */
  readonly rule?: string;
  /** Local times of the rule that do not happen, or are told apart. */
  readonly except?: readonly Temporal.PlainDateTime[];
  /** The local time of the rule whose place it takes. */
  readonly instead?: Temporal.PlainDateTime;
  readonly row?: E;
}

const instant = (date: Date) => Temporal.Instant.fromEpochMilliseconds(date.getTime());
const at = (day: Temporal.PlainDate, time: string) => day.toPlainDateTime(Temporal.PlainTime.from(time));
const names = (local: Temporal.PlainDateTime) => localKey(local).replaceAll(/[-:]/gu, '');
const byStart = <E>(a: Placed<E>, b: Placed<E>) => Temporal.PlainDateTime.compare(a.start, b.start);

/** A local UNTIL counts its whole day; iCalendar wants the instant. */
function ruleText(rrule: string, zone: string): string {
  return rrule.replace(/UNTIL=(\d{4})(\d\d)(\d\d)/u, (_, y, m, d) => {
    const last = instantOf(at(Temporal.PlainDate.from(`${y}-${m}-${d}`).add({ days: 1 }), '00:00'), zone).subtract({
      seconds: 1,
    });
    return `UNTIL=${last.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/gu, '')}`;
  });
}

/** A date that stands for itself: by the clock of its zone where that is plain, else in UTC. */
function alone<E>(uid: string, startsAt: Temporal.Instant, minutes: number, zone: string): Placed<E> {
  const start = localAt(startsAt, zone);
  if (isPlainSpan(start, minutes, zone) && zone !== 'UTC') return { uid, start, minutes, zone };
  return { uid, start: localAt(startsAt, 'UTC'), minutes };
}

/** Names one date apart from its series. */
export const uidOf = (series: Pick<Series, 'id'>, local: string): string =>
  `${series.id}-${names(Temporal.PlainDateTime.from(local))}`;

const placeRow = <E extends Exception>(series: Series, row: E): Placed<E> => ({
  ...alone<E>(uidOf(series, row.local), instant(row.startsAt), row.minutes, series.zone),
  row,
});

/** What happens once, with rows of dates that it had before it was edited. */
function placeOnce<E extends Exception>(series: Series, rows: readonly E[]): Placed<E>[] {
  const local = at(Temporal.PlainDate.from(series.start), series.time);
  const name = localKey(local);
  const placed = rows.map((row) => ({ ...placeRow(series, row), ...(row.local === name && { uid: series.id }) }));
  if (series.skips.includes(name) || rows.some((row) => row.local === name)) return placed.sort(byStart);
  return [alone<E>(series.id, instantOf(local, series.zone), series.minutes, series.zone), ...placed];
}

/** One date of a series, for who wants that one only. */
export const placeOne = <E>(series: Series, date: { local: string; startsAt: Date; endsAt: Date }): Placed<E> => {
  const minutes = (date.endsAt.getTime() - date.startsAt.getTime()) / 60_000;
  return alone(uidOf(series, date.local), instant(date.startsAt), minutes, series.zone);
};

/** Days on which calendars may read the clock otherwise than we do: around each change of it. */
function* oddDays(series: Series, now: Temporal.Instant): Generator<Temporal.PlainDate> {
  for (const change of storyOf(series.zone, now).changes) {
    const day = localAt(change.at, series.zone).toPlainDate();
    for (let by = -2; by <= 1; by += 1) yield day.add({ days: by });
  }
}

/**
 * A series as VEVENTs. Calendars disagree on local times that the clocks skip or show twice, and on a span in which they
 * change. Such dates are taken out of the rule and told apart, in UTC; so is a date that was moved to such a time.
 *
 * @param rows everything that is other on some date
 * @param now clock changes from three years before to ten years after it are looked at
 */
export function placeSeries<E extends Exception>(series: Series, rows: readonly E[], now: Temporal.Instant): Placed<E>[] {
  const { id, rrule, zone, minutes, time } = series;
  const start = Temporal.PlainDate.from(series.start);
  const own = (row: E) => placeRow(series, row);
  if (series.state === 'ended') return rows.map(own).sort(byStart);
  if (rrule === null) return placeOnce(series, rows);
  const first = nextDay(rrule, start, start);
  if (!first) return rows.map(own).sort(byStart);
  const isInRule = (local: Temporal.PlainDateTime) =>
    local.toPlainTime().equals(Temporal.PlainTime.from(time)) &&
    nextDay(rrule, start, local.toPlainDate())?.equals(local.toPlainDate()) === true;
  const skips = series.skips.map((skip) => Temporal.PlainDateTime.from(skip)).filter(isInRule);
  const odd = [...oddDays(series, now)]
    .map((day) => at(day, time))
    .filter((local) => !isPlainSpan(local, minutes, zone) && isInRule(local) && !series.skips.includes(localKey(local)));
  const told = new Set(rows.map(({ local }) => local));
  const except = new Map([...skips, ...odd].map((local) => [localKey(local), local]));
  const placed = odd
    .filter((local) => !told.has(localKey(local)))
    .map((local) => alone<E>(uidOf(series, localKey(local)), instantOf(local, zone), minutes, zone));
  for (const row of rows) {
    const local = Temporal.PlainDateTime.from(row.local);
    const apart = own(row);
    if (except.has(row.local) || !isInRule(local)) placed.push(apart);
    else if (!apart.zone && zone !== 'UTC') {
      except.set(row.local, local);
      placed.push(apart);
    } else if (isOther(row, local, series)) placed.push({ ...apart, uid: id, instead: local });
  }
  const rule = ruleText(rrule, zone);
  const base = { uid: id, start: at(first, time), minutes, rule, except: [...except.values()], ...(zone !== 'UTC' && { zone }) };
  return [base, ...placed.sort(byStart)];
}

const isOther = (row: Exception, local: Temporal.PlainDateTime, { zone, minutes }: Series) =>
  row.isReworded || row.state === 'cancelled' || row.minutes !== minutes || !instant(row.startsAt).equals(instantOf(local, zone));
