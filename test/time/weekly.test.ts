import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { nextWeekly, WEEK_MINUTES, weekClock, weekRanges } from '../../src/time/weekly.js';

/** Zones with an hour, half an hour, none, and whole days in the story of their clocks. */
const ZONES = [
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Pacific/Apia',
  'Antarctica/Troll',
  'UTC',
];
const MINUTE = 60_000;
const at = (text: string) => Temporal.Instant.from(text);

/** What the clocks of a zone show, minute by minute: knows nothing of local times that do not exist or come twice. */
function* clockOf(zone: string, from: number): Generator<{ at: number; local: number; minute: number }> {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
  });
  for (let now = Math.ceil(from / MINUTE) * MINUTE; ; now += MINUTE) {
    const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
    const local = Date.UTC(year, month - 1, day, hour, minute);
    yield { at: now, local, minute: new Date(local).getUTCDay() * 1440 + hour * 60 + minute };
  }
}

/**
 * Walks along the clock from a day before: the wall time happens when the clock shows it, or jumps over it, for the first time.
 */
function oracle(minute: number, zone: string, from: number): number {
  let latest: number | undefined;
  for (const now of clockOf(zone, from - 26 * 60 * MINUTE)) {
    const begun = latest;
    latest = Math.max(latest ?? now.local, now.local);
    if (begun === undefined) continue;
    for (let local = begun + MINUTE; local <= now.local; local += MINUTE) {
      const shown = new Date(local);
      const isIt = shown.getUTCDay() * 1440 + shown.getUTCHours() * 60 + shown.getUTCMinutes() === minute;
      if (isIt && now.at >= from) return now.at;
    }
  }
  throw new Error('Time came to an end.');
}

describe('the next occurrence of a weekly time', () => {
  test.each([
    ['an ordinary week', 2 * 1440 + 19 * 60, 'America/New_York', '2026-11-24T12:00:00Z', '2026-11-25T00:00:00Z'],
    ['this very instant', 2 * 1440 + 19 * 60, 'America/New_York', '2026-11-25T00:00:00Z', '2026-11-25T00:00:00Z'],
    ['a minute later it is a week', 2 * 1440 + 19 * 60, 'America/New_York', '2026-11-25T00:01:00Z', '2026-12-02T00:00:00Z'],
    ['skipped by the clocks: when they go on', 2 * 60 + 30, 'America/New_York', '2026-03-07T00:00:00Z', '2026-03-08T07:00:00Z'],
    ['shown twice: the first time', 60 + 30, 'America/New_York', '2026-10-31T12:00:00Z', '2026-11-01T05:30:00Z'],
    ['shown twice: the second time is no meeting', 60 + 30, 'America/New_York', '2026-11-01T05:31:00Z', '2026-11-08T06:30:00Z'],
    ['a day that Samoa left out', 5 * 1440 + 600, 'Pacific/Apia', '2011-12-29T12:00:00Z', '2011-12-30T10:00:00Z'],
  ])('%s', (_, minute, zone, from, expected) => {
    expect(String(nextWeekly(minute, zone, at(from)))).toBe(expected);
  });

  test('is what somebody sees who watches the clock', () => {
    const changes = ['2026-03-08', '2026-11-01', '2026-03-29', '2026-10-25', '2026-04-05', '2026-10-04', '2026-06-10'];
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.constantFrom(...changes),
        fc.integer({ min: -5 * 1440, max: 2 * 1440 }),
        // Sunday before dawn is when clocks are set.
        fc.oneof(fc.integer({ min: 0, max: 299 }), fc.integer({ min: 0, max: WEEK_MINUTES - 1 })),
        (zone, day, offset, minute) => {
          const from = Date.parse(`${day}T00:00:00Z`) + offset * MINUTE;
          expect(nextWeekly(minute, zone, Temporal.Instant.fromEpochMilliseconds(from)).epochMilliseconds).toBe(
            oracle(minute, zone, from),
          );
        },
      ),
      { numRuns: 15 },
    );
  });
});

test('for many times at once it is the same', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.integer({ min: Date.parse('2026-02-20'), max: Date.parse('2026-12-20') }),
      fc.array(fc.integer({ min: 0, max: WEEK_MINUTES - 1 }), { minLength: 10, maxLength: 10 }),
      (zone, start, minutes) => {
        const from = Temporal.Instant.fromEpochMilliseconds(start);
        const clock = weekClock(zone, from);
        for (const minute of minutes) expect(clock(minute)).toBe(nextWeekly(minute, zone, from).epochMilliseconds);
      },
    ),
    { numRuns: 200 },
  );
});

test('the ranges of a stretch of time hold everything that begins in it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.integer({ min: Date.parse('2026-02-20') / MINUTE, max: Date.parse('2026-12-20') / MINUTE }),
      fc.integer({ min: 1, max: 8 * 1440 }),
      fc.array(fc.integer({ min: 0, max: WEEK_MINUTES - 1 }), { minLength: 30, maxLength: 30 }),
      (zone, start, length, minutes) => {
        const from = Temporal.Instant.fromEpochMilliseconds(start * MINUTE + 30_000);
        const to = from.add({ minutes: length });
        const ranges = weekRanges(from, to, zone);
        expect(ranges.length).toBeLessThanOrEqual(2);
        for (const minute of minutes) {
          const begins = Temporal.Instant.compare(nextWeekly(minute, zone, from), to) < 0;
          if (begins) expect(ranges.some((range) => minute >= range.from && minute < range.to)).toBe(true);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('the ranges of an ordinary hour hold no more than that hour', () => {
  const [range, ...others] = weekRanges(at('2026-06-10T12:00:00Z'), at('2026-06-10T13:00:00Z'), 'America/New_York');
  expect(others).toEqual([]);
  expect(range).toEqual({ from: 3 * 1440 + 8 * 60, to: 3 * 1440 + 9 * 60 + 1 });
});
