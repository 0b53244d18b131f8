import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { settlePrompts } from '../../../src/core/checkins/due-prompts.js';
import { latestLocalAt } from '../../../src/time/local.js';
import { localKey, nextOccurrence, occurrencesBetween, type Schedule } from '../../../src/time/recurrence.js';

const times = (...texts: string[]) => texts.map((text) => Temporal.PlainTime.from(text));
const daily = (zone: string, ...texts: string[]): Schedule => ({
  rrule: 'FREQ=DAILY',
  start: Temporal.PlainDate.from('2027-01-01'),
  times: times(...texts),
  zone,
});
const at = (text: string) => Temporal.ZonedDateTime.from(text).toInstant();
const quiet = { from: Temporal.PlainTime.from('22:00'), to: Temporal.PlainTime.from('07:00') };
const settledAt = (now: Temporal.Instant, zone: string) => Temporal.PlainDateTime.from(localKey(latestLocalAt(now, zone)));
const promises = (schedule: Schedule, since: Temporal.Instant) => ({
  schedule,
  skips: new Set<string>(),
  settled: settledAt(since, schedule.zone),
  window: 120,
});

test('at its time, one prompt waits', () => {
  const schedule = daily('Europe/Madrid', '08:30');
  const due = at('2027-05-04T08:30[Europe/Madrid]');
  const result = settlePrompts(promises(schedule, due.subtract({ hours: 5 })), due, due);
  expect(result.prompts.map(({ local, state }) => [local, state])).toEqual([['2027-05-04T08:30', 'waiting']]);
  expect(result.settled).toBe('2027-05-04T08:30');
  expect(result.next?.toString()).toBe(at('2027-05-05T08:30[Europe/Madrid]').toString());
});

test('in quiet hours it waits for their end; two of them are one', () => {
  const schedule = daily('Europe/Madrid', '22:30', '23:30');
  const first = at('2027-05-04T22:30[Europe/Madrid]');
  const one = settlePrompts({ ...promises(schedule, first.subtract({ hours: 5 })), quiet }, first, first);
  expect(one.prompts).toEqual([{ local: '2027-05-04T22:30', state: 'waiting', dueAt: at('2027-05-05T07:00[Europe/Madrid]') }]);
  const late = at('2027-05-04T23:45[Europe/Madrid]');
  const both = settlePrompts({ ...promises(schedule, first.subtract({ hours: 5 })), quiet }, first, late);
  expect(both.prompts.map(({ state }) => state)).toEqual(['dropped', 'waiting']);
});

test('a late prompt does not break into quiet hours', () => {
  const schedule = daily('Europe/Madrid', '21:30');
  const due = at('2027-05-04T21:30[Europe/Madrid]');
  const now = at('2027-05-04T22:15[Europe/Madrid]');
  expect(settlePrompts({ ...promises(schedule, due.subtract({ hours: 5 })), quiet }, due, now).prompts).toMatchObject([
    { state: 'dropped' },
  ]);
  expect(settlePrompts(promises(schedule, due.subtract({ hours: 5 })), due, now).prompts).toMatchObject([{ state: 'waiting' }]);
});

test('after a long downtime only the last week is written down', () => {
  const schedule = daily('UTC', '08:00');
  const due = at('2027-02-01T08:00[UTC]');
  const { prompts, next } = settlePrompts(promises(schedule, due.subtract({ hours: 1 })), due, at('2027-06-01T08:10[UTC]'));
  expect(prompts).toHaveLength(7);
  expect(prompts.filter(({ state }) => state === 'waiting').map(({ local }) => local)).toEqual(['2027-06-01T08:00']);
  expect(next?.toString()).toBe('2027-06-02T08:00:00Z');
});

test('a skipped time does not come', () => {
  const schedule = daily('UTC', '08:00', '20:00');
  const due = at('2027-02-01T20:00[UTC]');
  const skips = new Set(['2027-02-02T08:00']);
  const { next } = settlePrompts({ ...promises(schedule, due.subtract({ hours: 1 })), skips }, due, due);
  expect(next?.toString()).toBe('2027-02-02T20:00:00Z');
});

const zones = Intl.supportedValuesOf('timeZone');
const minute = fc.integer({ min: 0, max: 1439 }).map((m) => Temporal.PlainTime.from('00:00').add({ minutes: m }));

test('however often and late it is looked at, every promise is settled once, at its hour, and at most one waits each time', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.uniqueArray(minute, { minLength: 1, maxLength: 3, selector: String }),
      fc.integer({ min: 0, max: 365 }),
      fc.array(fc.integer({ min: 0, max: 40 * 60 }), { minLength: 1, maxLength: 8 }),
      (zone, chosen, day, looks) => {
        const schedule = { ...daily(zone), times: chosen.sort(Temporal.PlainTime.compare) };
        const begin = at('2027-01-02T00:00[UTC]').add({ hours: 24 * day });
        let state = promises(schedule, begin);
        let due = nextOccurrence(schedule, begin)?.at;
        let now = begin;
        const seen: string[] = [];
        for (const late of looks) {
          if (!due) break;
          now = due.add({ minutes: late });
          const { prompts, settled, next } = settlePrompts(state, due, now);
          expect(prompts.filter(({ state: is }) => is === 'waiting').length).toBeLessThanOrEqual(1);
          seen.push(...prompts.map(({ local }) => local));
          state = { ...state, settled: Temporal.PlainDateTime.from(settled) };
          expect(next && Temporal.Instant.compare(next, now)).toBe(1);
          due = next;
        }
        const promised = [...occurrencesBetween(schedule, begin, now)].map(({ local }) => localKey(local));
        expect(seen).toEqual(promised);
      },
    ),
    { numRuns: 300 },
  );
});
