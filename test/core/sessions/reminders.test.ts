import { quietHoursSchema } from '../../../src/core/checkins/quiet-hours.js';
import { remindersOf, remindNow } from '../../../src/core/sessions/reminders.js';

// Seven in the evening in New York.
const START = new Date('2026-03-03T00:00:00Z');
const at = (text: string) => new Date(text);
const EARLY = at('2026-03-01T00:00:00Z');
const ana = { since: EARLY, zone: 'America/New_York' };
const times = (who: Parameters<typeof remindersOf>[2], offsets = [1440, 15], start = START) =>
  remindersOf(start, offsets, who).map(({ minutes, at, until }) => [minutes, at.toISOString(), until.toISOString()]);

test('a day before, until half of it is over; a quarter of an hour before, until the start', () => {
  expect(times(ana)).toEqual([
    [1440, '2026-03-02T00:00:00.000Z', '2026-03-02T12:00:00.000Z'],
    [15, '2026-03-02T23:45:00.000Z', '2026-03-03T00:00:00.000Z'],
  ]);
});

test('who says yes late is not reminded of what has passed; a session can have other reminders, or none', () => {
  expect(times({ ...ana, since: at('2026-03-02T00:00:01Z') }).map(([minutes]) => minutes)).toEqual([15]);
  expect(times({ ...ana, since: at('2026-03-02T23:50:00Z') })).toEqual([]);
  expect(times(ana, [60, 0, 60]).map(([minutes]) => minutes)).toEqual([60]);
  expect(times(ana, [])).toEqual([]);
});

test('the one of the day before waits for the end of quiet hours, where the reader is; the last one does not', () => {
  const quiet = quietHoursSchema.parse({ from: '22:00', to: '07:00' });
  // In Madrid it begins at one in the morning.
  const ben = { since: EARLY, zone: 'Europe/Madrid', quiet };
  expect(times(ben).map(([, when]) => when)).toEqual(['2026-03-02T06:00:00.000Z', '2026-03-02T23:45:00.000Z']);
  // Three hours before is in quiet hours that last until after the start: it is left out.
  expect(times(ben, [120, 15]).map(([minutes]) => minutes)).toEqual([15]);
});

test('after a downtime only the last that still has a point is sent', () => {
  const all = remindersOf(START, [1440, 120, 15], ana);
  const send = (now: string) => remindNow(all, at(now)).send?.minutes;
  expect(send('2026-03-01T23:59:59Z')).toBeUndefined();
  expect(send('2026-03-02T00:00:00Z')).toBe(1440);
  expect(send('2026-03-02T13:00:00Z')).toBeUndefined();
  expect(send('2026-03-02T22:30:00Z')).toBe(120);
  expect(send('2026-03-02T23:30:00Z')).toBeUndefined();
  expect(send('2026-03-02T23:55:00Z')).toBe(15);
  expect(send('2026-03-03T00:00:00Z')).toBeUndefined();
  expect(remindNow(all, at('2026-03-02T13:00:00Z')).next?.toISOString()).toBe('2026-03-02T22:00:00.000Z');
});
