import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { isStillMeaningful, sortMissed } from '../../../src/core/checkins/prompt-window.js';
import {
  beginSchedule,
  keepSchedule,
  keptScheduleSchema,
  openSchedule,
  upcoming,
} from '../../../src/core/checkins/schedule-rule.js';
import { localKey } from '../../../src/time/recurrence.js';
import { saySchedule } from '../../../src/time/say-schedule.js';

const at = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/Madrid]`).toInstant();

function start(text: string, now: string) {
  const said = saySchedule(text, 'Europe/Madrid');
  if (!said.ok) throw new Error(said.why);
  return beginSchedule(said, 'Europe/Madrid', at(now));
}

function begin(text: string, now: string) {
  const begun = start(text, now);
  return begun.ok ? upcoming(begun.schedule, at(now), 3).map(({ local }) => localKey(local)) : begun.why;
}

test.each([
  ['weekdays at 7:30am', '2027-05-07T08:00', ['2027-05-10T07:30', '2027-05-11T07:30', '2027-05-12T07:30']],
  // Said on a Wednesday: the next Monday counts, not the one after.
  ['every other monday at 9', '2027-05-05T12:00', ['2027-05-10T09:00', '2027-05-24T09:00', '2027-06-07T09:00']],
  ['every other sunday 6pm', '2027-05-09T17:00', ['2027-05-09T18:00', '2027-05-23T18:00', '2027-06-06T18:00']],
  ['every other sunday 6pm', '2027-05-09T19:00', ['2027-05-16T18:00', '2027-05-30T18:00', '2027-06-13T18:00']],
  ['every 3 days at noon', '2027-05-05T15:00', ['2027-05-06T12:00', '2027-05-09T12:00', '2027-05-12T12:00']],
  ['every 2 months on the 1st at 9', '2027-05-05T15:00', ['2027-06-01T09:00', '2027-08-01T09:00', '2027-10-01T09:00']],
  ['FREQ=DAILY;COUNT=2 at 8', '2027-05-05T15:00', ['2027-05-06T08:00', '2027-05-07T08:00']],
])('%j, said at %s, comes at %j', (text, now, times) => expect(begin(text, now)).toEqual(times));

test('what never comes is refused', () => {
  expect(begin('FREQ=DAILY;UNTIL=20270504 at 8', '2027-05-05T15:00')).toBe('never');
  expect(begin('FREQ=DAILY;UNTIL=20270505 at 8', '2027-05-05T15:00')).toBe('never');
  expect(begin('FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30 at 8', '2027-05-05T15:00')).toBe('never');
});

test('a schedule is kept as text and comes back the same', () => {
  const begun = start('every other sunday 6pm and 8pm', '2027-05-05T12:00');
  if (!begun.ok) throw new Error(begun.why);
  const kept = keptScheduleSchema.parse(JSON.parse(JSON.stringify(keepSchedule(begun.schedule))));
  expect(kept).toEqual({
    rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU',
    start: '2027-05-09',
    times: ['18:00', '20:00'],
    zone: 'Europe/Madrid',
  });
  expect(keepSchedule(openSchedule(kept))).toEqual(kept);
  expect(keptScheduleSchema.safeParse({ ...kept, rrule: 'FREQ=HOURLY' }).success).toBe(false);
  expect(keptScheduleSchema.safeParse({ ...kept, times: ['24:00'] }).success).toBe(false);
});

describe('the window of a prompt', () => {
  const due = Temporal.Instant.from('2027-05-05T08:00Z');
  const later = (minutes: number) => due.add({ minutes });

  test('is two hours unless told', () => {
    expect([-5, 0, 119, 120].map((minutes) => isStillMeaningful(due, later(minutes)))).toEqual([true, true, true, false]);
    expect(isStillMeaningful(due, later(30), 30)).toBe(false);
  });

  test('after downtime at most the latest is sent, and every other one is accounted for', () => {
    const missed = [0, -600, -60, -200].map((minutes) => ({ dueAt: later(minutes) }));
    const { send, dropped } = sortMissed(missed, later(30));
    expect(send).toBe(missed[0]);
    expect(dropped.map(({ prompt, why }) => [due.until(prompt.dueAt).total('minutes'), why])).toEqual([
      [-60, 'replaced'],
      [-200, 'late'],
      [-600, 'late'],
    ]);
    expect(sortMissed(missed, later(240)).send).toBeUndefined();
  });

  test('nothing is sent twice, late or unaccounted for', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 600 }),
        (ages, window) => {
          const missed = ages.map((age) => ({ dueAt: later(-age) }));
          const { send, dropped } = sortMissed(missed, due, window);
          expect(new Set([...dropped.map(({ prompt }) => prompt), ...(send ? [send] : [])])).toEqual(new Set(missed));
          const youngest = Math.min(...ages);
          expect(send?.dueAt.until(due).total('minutes')).toBe(youngest < window ? youngest : undefined);
        },
      ),
    );
  });
});
