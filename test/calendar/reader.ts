import ICAL from 'ical.js';

/** A calendar as another library reads it: one event that happens, with the words it has then. */
export interface Seen {
  readonly at: string;
  readonly minutes: number;
  readonly title: string;
}

export function parse(text: string): ICAL.Component {
  const file = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of file.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  return file;
}

const isCancelled = (event: ICAL.Event) => event.component.getFirstPropertyValue('status') === 'CANCELLED';

function* happenings(series: ICAL.Event, until: Date): Generator<{ start: ICAL.Time; end: ICAL.Time; item: ICAL.Event }> {
  if (!series.isRecurring()) {
    yield { start: series.startDate, end: series.endDate, item: series };
    return;
  }
  const iterator = series.iterator();
  for (let next = iterator.next(); next; next = iterator.next()) {
    const { startDate: start, endDate: end, item } = series.getOccurrenceDetails(next);
    yield { start, end, item };
    if (next.toJSDate().getTime() > until.getTime() + 90 * 86_400_000) return;
  }
}

/** What happens after one instant and until another, by what the file alone says, in order. */
export function read(text: string, after: Date, until: Date): Seen[] {
  const events = parse(text)
    .getAllSubcomponents('vevent')
    .map((component) => new ICAL.Event(component));
  const masters = events.filter((event) => !event.isRecurrenceException());
  for (const event of events.filter((one) => one.isRecurrenceException()))
    masters.find(({ uid }) => uid === event.uid)?.relateException(event);
  const seen = masters.flatMap((event) =>
    [...happenings(event, until)]
      .filter(({ item }) => !isCancelled(item))
      .map(({ start, end, item }) => ({
        at: start.toJSDate(),
        minutes: (end.toJSDate().getTime() - start.toJSDate().getTime()) / 60_000,
        title: item.summary,
      })),
  );
  return seen
    .filter(({ at }) => at > after && at <= until)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, ...rest }) => ({ at: at.toISOString(), ...rest }));
}
