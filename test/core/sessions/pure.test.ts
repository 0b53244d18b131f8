import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { readWhen } from '../../../src/chat/index.js';
import { type Booked, conflictsOf } from '../../../src/core/sessions/conflicts.js';
import { datesOf, startByRule } from '../../../src/core/sessions/occurrences.js';
import { reconcile } from '../../../src/core/sessions/reconcile.js';
import { nextStarts, understandSessionTimes } from '../../../src/core/sessions/times.js';
import { readWhere } from '../../../src/core/sessions/where.js';
import { readLanguage } from '../../../src/words/languages.js';

const HOUR = 3_600_000;
const NOW = new Date('2026-03-02T12:00:00Z');

describe('conflicts', () => {
  const booked = fc
    .record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      start: fc.integer({ min: 0, max: 40 }),
      hours: fc.integer({ min: 1, max: 4 }),
      channel: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
      leaders: fc.subarray(['ana', 'ben', 'cleo']),
    })
    .map(({ id, start, hours, channel, leaders }): Booked => {
      const startsAt = new Date(NOW.getTime() + start * HOUR);
      return { id, startsAt, endsAt: new Date(startsAt.getTime() + hours * HOUR), leaders, ...(channel && { channel }) };
    });

  test('each is another session at the same hour in the same channel or with the same person, and none is missed', () => {
    fc.assert(
      fc.property(fc.array(booked, { maxLength: 8 }), fc.array(booked, { maxLength: 8 }), (wanted, others) => {
        const found = conflictsOf(wanted, others);
        // Minute by minute of the day, as one would look at a wall calendar.
        const meets = (a: Booked, b: Booked) =>
          Array.from({ length: 48 }, (_, hour) => NOW.getTime() + (hour + 0.5) * HOUR).some((at) =>
            [a, b].every(({ startsAt, endsAt }) => startsAt.getTime() <= at && at < endsAt.getTime()),
          );
        const shares = (a: Booked, b: Booked) =>
          (a.channel !== undefined && a.channel === b.channel) || a.leaders.some((one) => b.leaders.includes(one));
        const expected = new Set(
          others
            .filter((other) => wanted.some((one) => one.id !== other.id && meets(one, other) && shares(one, other)))
            .map(({ id }) => id),
        );
        expect(new Set(found.map(({ id }) => id))).toEqual(expected);
        expect(new Set(found.map(({ id, same }) => `${id} ${same}`)).size).toBe(found.length);
        expect(found.map(({ at }) => at.getTime())).toEqual(found.map(({ at }) => at.getTime()).sort((a, b) => a - b));
      }),
      { numRuns: 200 },
    );
  });
});

describe('a session at other times from now on', () => {
  const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
  const rule = fc.record({
    rrule: fc.subarray([...DAYS], { minLength: 1 }).map((days) => `FREQ=WEEKLY;BYDAY=${days.join(',')}`),
    start: fc.constant('2026-03-02'),
    time: fc.constantFrom('01:30', '02:30', '19:00', '19:30', '23:30'),
    zone: fc.constantFrom('America/New_York', 'Europe/Madrid', 'UTC'),
    minutes: fc.constant(60),
    skips: fc.constant<string[]>([]),
    state: fc.constant('active' as const),
  });
  const touch = fc.record({
    at: fc.integer({ min: 0, max: 20 }),
    what: fc.constantFrom('plain', 'moved', 'cancelled', 'live', 'over'),
  });

  test('no date is lost, none is doubled, and what goes on is a date of the new rule', () => {
    fc.assert(
      fc.property(rule, rule, fc.array(touch, { maxLength: 8 }), (before, after, touches) => {
        const dates = datesOf(before, [], NOW, new Date(NOW.getTime() + 30 * 24 * HOUR));
        const chosen = new Map(touches.map(({ at, what }) => [at % dates.length, what]));
        const rows = [...chosen].map(([i, what]) => {
          const { local, startsAt } = dates[i] as (typeof dates)[number];
          return {
            id: String(i),
            local,
            zone: before.zone,
            startsAt: what === 'moved' ? new Date(startsAt.getTime() + 90 * 60_000) : startsAt,
            minutes: 60,
            state: what === 'plain' || what === 'moved' ? ('planned' as const) : what,
          };
        });
        const { kept, shifted, dropped } = reconcile(after, rows, NOW);
        const all = [...kept, ...shifted.map(({ row }) => row), ...dropped].map(({ id }) => id);
        expect(new Set(all).size).toBe(all.length);
        const counted = [...chosen].filter(([, what]) => what !== 'cancelled' && what !== 'over').map(([i]) => String(i));
        expect([...all].sort()).toEqual(counted.sort());
        for (const [i, what] of chosen)
          if (what === 'moved' || what === 'live') expect(kept.map(({ id }) => id)).toContain(String(i));
        const promised = datesOf(after, [], NOW, new Date(NOW.getTime() + 60 * 24 * HOUR)).map(({ local }) => local);
        const names = rows
          .filter((row) => !shifted.some((one) => one.row === row) && !dropped.includes(row))
          .map(({ local }) => local);
        for (const { row, to } of shifted) {
          expect(to.local.slice(0, 10)).toBe(row.local.slice(0, 10));
          expect(promised).toContain(to.local);
          expect(names).not.toContain(to.local);
          names.push(to.local);
        }
        for (const row of kept.filter((one) => one.state === 'planned' && startByRule(one).getTime() === one.startsAt.getTime()))
          expect(promised).toContain(row.local);
      }),
      { numRuns: 150 },
    );
  });
});

describe('when a session is', () => {
  const hear = (text: string) => {
    const { rrule, start, time } = understandSessionTimes(text, 'Europe/Madrid', NOW, readWhen);
    return `${rrule ?? 'once'} ${start} ${time}`;
  };
  test.each([
    ['every Tuesday 19:00', 'FREQ=WEEKLY;BYDAY=TU 2026-03-03 19:00'],
    ['2nd and 4th Thursday at 7pm', 'FREQ=MONTHLY;BYDAY=2TH,4TH 2026-03-12 19:00'],
    ['first Sunday of the month 18:30', 'FREQ=MONTHLY;BYDAY=1SU 2026-04-05 18:30'],
    ['RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3 20:00', 'FREQ=WEEKLY;COUNT=3;BYDAY=MO 2026-03-02 20:00'],
    ['next Friday 8pm', 'once 2026-03-13 20:00'],
    ['this Friday 8pm', 'once 2026-03-06 20:00'],
    ['tomorrow at 19:00', 'once 2026-03-03 19:00'],
    ['2026-05-04 19:00', 'once 2026-05-04 19:00'],
    ['segundo y cuarto jueves a las 19:00', 'FREQ=MONTHLY;BYDAY=2TH,4TH 2026-03-12 19:00'],
    ['mañana a las 20:00', 'once 2026-03-03 20:00'],
    ['cada martes a las 19:00', 'FREQ=WEEKLY;BYDAY=TU 2026-03-03 19:00'],
    ['el próximo viernes a las 20:00', 'once 2026-03-06 20:00'],
  ])('%j is %s', (text, meant) => expect(hear(text)).toBe(meant));
  test.each([
    ['whenever', 'session.problems.word'],
    ['every Tuesday', 'session.problems.noTime'],
    ['tomorrow', 'session.problems.noTime'],
    ['2020-05-04 19:00', 'session.problems.past'],
    ['Mondays at 9:00 and 20:00', 'session.problems.oneTime'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 at 9', 'session.problems.never'],
  ])('%j is refused with what to do', (text, key) => expect(() => hear(text)).toThrow(key));

  test('the starts that are shown keep the wall time when the clocks change', () => {
    const times = understandSessionTimes('every Sunday 19:00', 'Europe/Madrid', new Date('2026-03-20T00:00:00Z'), readWhen);
    const starts = nextStarts(times, 'Europe/Madrid', new Date('2026-03-20T00:00:00Z'));
    expect(starts.map((at) => at.toISOString())).toEqual([
      '2026-03-22T18:00:00.000Z',
      '2026-03-29T17:00:00.000Z',
      '2026-04-05T17:00:00.000Z',
    ]);
    for (const at of starts) expect(Temporal.Instant.from(at.toISOString()).toZonedDateTimeISO('Europe/Madrid').hour).toBe(19);
  });
});

describe('where a session is', () => {
  test.each([
    [undefined, { place: 'text', channelId: 'here' }],
    ['here', { place: 'text', channelId: 'here' }],
    ['voice', { place: 'voice', channelId: 'here' }],
    ['en el canal de voz', { place: 'voice', channelId: 'here' }],
    ['stage <#123>', { place: 'stage', channelId: '123' }],
    ['<#C42|general>', { place: 'text', channelId: 'C42' }],
    ['huddle', { place: 'huddle', channelId: 'here' }],
    ['https://example.org/j/1?pwd=x', { place: 'link', link: 'https://example.org/j/1?pwd=x' }],
    ['<https://example.org/j/1|example.org>', { place: 'link', link: 'https://example.org/j/1' }],
    ['Community centre, room 2', { place: 'person', address: 'Community centre, room 2' }],
    ['Voices of Hope, Main Street 5', { place: 'person', address: 'Voices of Hope, Main Street 5' }],
  ])('%j', (text, where) => expect(readWhere(text, 'here', 'discord')).toEqual(where));

  test('a channel that cannot be told, and a direct message, are answered with what to do', () => {
    expect(() => readWhere('#general', 'here', 'discord')).toThrow('session.problems.channel');
    expect(() => readWhere(undefined, undefined, 'discord')).toThrow('session.problems.where');
    expect(readWhere('#common-room', undefined, 'playground')).toEqual({ place: 'text', channelId: 'common-room' });
  });
});

test.each([
  ['Spanish', 'es'],
  ['español', 'es'],
  ['es', 'es'],
  ['pt-br', 'pt-BR'],
  ['Inglés', 'en'],
  ['Klingonish', undefined],
  ['', undefined],
])('the language %j is %s', (text, tag) => expect(readLanguage(text)).toBe(tag));
