import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventClass, ICalEventStatus } from 'ical-generator';
import type { Temporal } from 'temporal-polyfill';
import type { Placed } from './series.js';
import { vtimezone, wallText } from './vtimezone.js';

/** One VEVENT with its words. */
export interface CalendarEvent extends Placed<unknown> {
  readonly title: string;
  readonly description?: string;
  readonly location?: string;
  readonly isCancelled: boolean;
  /** Goes up with each change that matters to whoever comes. */
  readonly sequence: number;
  readonly changedAt: Date;
  /** Minutes before the start; none when there is to be no alarm. */
  readonly alarms: readonly number[];
}

export interface Calendar {
  /** What a calendar program calls it; none for a single event that goes into somebody's own. */
  readonly name?: string;
  readonly events: readonly CalendarEvent[];
}

/** How often a program should ask for a calendar again. Seconds. */
const EVERY = 3600;

/**
 * A wall time as the library takes dates, and gives it back unchanged. Its own conversions move times that the clocks skip.
 */
const wall = (local: Temporal.PlainDateTime) => {
  const [day = '', time = ''] = wallText(local).split('T');
  const asItIs = {
    isValid: () => true,
    toDate: () => new Date(local.toZonedDateTime('UTC').epochMilliseconds),
    format: (pattern?: string) => (pattern === 'YYYYMMDD' ? day : pattern === 'HHmmss' ? time : `${day}T${time}`),
    toJSON: () => local.toString(),
    tz: () => asItIs,
    utc: () => asItIs,
  };
  return asItIs;
};

function ruleLines({ rule, except = [], zone }: Placed<unknown>): string | undefined {
  if (rule === undefined) return undefined;
  const key = zone === undefined ? 'EXDATE' : `EXDATE;TZID=${zone}`;
  const mark = zone === undefined ? 'Z' : '';
  return [`RRULE:${rule}`, ...except.map((local) => `${key}:${wallText(local)}${mark}`)].join('\r\n');
}

/**
 * Writes a calendar as RFC 5545, with the time zones that it uses.
 * @param now which years of them are described
 */
export function writeCalendar({ name, events }: Calendar, now: Temporal.Instant): string {
  const file = ical({
    prodId: { company: 'Homegroup', product: 'Calendar', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    scale: 'gregorian',
    ...(name !== undefined && { name, ttl: EVERY }),
  });
  // The file itself is in no zone: events that name none are in UTC.
  file.timezone({ name: null, generator: (zone: string) => vtimezone(zone, now) });
  for (const event of events) {
    const repeating = ruleLines(event);
    file.createEvent({
      id: `${event.uid}@homegroup`,
      start: wall(event.start),
      end: wall(event.start.add({ minutes: event.minutes })),
      summary: event.title,
      sequence: event.sequence,
      stamp: event.changedAt,
      lastModified: event.changedAt,
      class: ICalEventClass.PRIVATE,
      status: event.isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      alarms: event.isCancelled
        ? []
        : event.alarms.map((minutes) => ({ type: ICalAlarmType.display, triggerBefore: minutes * 60, description: event.title })),
      ...(event.zone !== undefined && { timezone: event.zone }),
      ...(repeating !== undefined && { repeating }),
      ...(event.instead && { recurrenceId: wall(event.instead) }),
      ...(event.description !== undefined && { description: event.description }),
      ...(event.location !== undefined && { location: event.location }),
    });
  }
  return `${lastingExactly(file.toString(), events)}\r\n`;
}

/**
 * The length of each event instead of its end: an end by the clock is two instants while the clocks show a time twice, and a
 * program that picks the other one would make every date of a series longer.
 */
function lastingExactly(text: string, events: Calendar['events']): string {
  const [head = '', ...parts] = text.split('BEGIN:VEVENT');
  const lasting = parts.map((part, i) => part.replace(/^DTEND[;:].*$/mu, `DURATION:PT${events[i]?.minutes}M`));
  return [head, ...lasting].join('BEGIN:VEVENT');
}
