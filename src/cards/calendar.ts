import { Temporal } from 'temporal-polyfill';
import { type Placed, placeOne, placeSeries } from '../calendar/series.js';
import { type CalendarEvent, writeCalendar } from '../calendar/write.js';
import { type DatedRow, type SessionInFull, withoutLinks } from '../core/feeds/sessions.js';
import type { SessionPlace } from '../core/sessions/kinds.js';
import type { SessionDate } from '../core/sessions/occurrences.js';
import type { Words } from '../words/index.js';

/** How much a calendar tells to whoever looks at it over somebody's shoulder. */
export interface CalendarReader extends Pick<Words, 't'> {
  /** Every entry is called "Meeting", and nothing more is told. */
  readonly isDiscreet: boolean;
}

type Worded = Pick<CalendarEvent, 'title' | 'description' | 'location' | 'isCancelled' | 'sequence' | 'changedAt' | 'alarms'>;

/** A link is told nowhere; of a closed session neither what it is about nor where. */
function word(reader: CalendarReader, { session, details: usual }: SessionInFull, row?: DatedRow): Worded {
  const own: DatedRow['details'] = row?.details ?? usual;
  const { title, place = session.place as SessionPlace } = own;
  const soonest = session.reminders.at(-1);
  const plain = {
    isCancelled: row?.state === 'cancelled',
    sequence: session.sequence,
    changedAt: session.updatedAt,
    alarms: soonest === undefined ? [] : [soonest],
  };
  if (reader.isDiscreet) return { ...plain, title: reader.t('feed.discreet') };
  if (session.isClosed) return { ...plain, title };
  const description = withoutLinks(own.description);
  const address = place === 'person' ? withoutLinks(own.address) : undefined;
  return {
    ...plain,
    title,
    ...(description !== undefined && { description }),
    location: address ?? reader.t(`session.places.${place}`),
  };
}

const instant = (date: Date) => Temporal.Instant.fromEpochMilliseconds(date.getTime());

function eventsOf(reader: CalendarReader, listed: SessionInFull, now: Temporal.Instant): CalendarEvent[] {
  const placed: Placed<DatedRow>[] = placeSeries(listed.session, listed.rows, now);
  return placed.map((place) => ({ ...place, ...word(reader, listed, place.row) }));
}

/** Many sessions as one calendar that a program reads again and again. */
export const calendarOf = (reader: CalendarReader, listed: readonly SessionInFull[], now: Date): string =>
  writeCalendar(
    { name: reader.t('feed.name'), events: listed.flatMap((one) => eventsOf(reader, one, instant(now))) },
    instant(now),
  );

/** One session with all its dates, or one date of it, to put into one's own calendar. */
export function calendarFile(reader: CalendarReader, listed: SessionInFull, now: Date, date?: SessionDate): string {
  if (!date) return writeCalendar({ events: eventsOf(reader, listed, instant(now)) }, instant(now));
  const row = listed.rows.find(({ local }) => local === date.local);
  const event = { ...placeOne<DatedRow>(listed.session, date), ...word(reader, listed, row) };
  return writeCalendar({ events: [event] }, instant(now));
}
