import fc from 'fast-check';
import { readWish, startWish } from '../../src/time/say-wish.js';
import { windowsOf } from '../../src/time/wish-windows.js';

const H = 60;

test.each<[string, object]>([
  ['now', { now: true }],
  ['ahora', { now: true }],
  ['tonight', { ahead: [0], spans: [[19 * H, 27 * H]] }],
  ['esta noche', { ahead: [0], spans: [[19 * H, 27 * H]] }],
  [
    'tonight at 8',
    {
      ahead: [0],
      spans: [
        [19 * H, 27 * H],
        [19.5 * H, 21.5 * H],
      ],
    },
  ],
  ['tomorrow', { ahead: [1] }],
  ['mañana', { ahead: [1] }],
  ['mañana por la mañana', { ahead: [1], spans: [[5 * H, 12 * H]] }],
  ['pasado mañana', { ahead: [2] }],
  ['tomorrow evening', { ahead: [1], spans: [[17 * H, 22 * H]] }],
  ['Tuesday', { weekdays: [2] }],
  ['el miércoles', { weekdays: [3] }],
  ['martes por la tarde', { weekdays: [2], spans: [[12 * H, 20.5 * H]] }],
  ['tue or thu at 7pm', { weekdays: [2, 4], spans: [[18.5 * H, 20.5 * H]] }],
  ['weekend', { weekdays: [0, 6] }],
  ['fin de semana', { weekdays: [0, 6] }],
  ['weekday mornings', { weekdays: [1, 2, 3, 4, 5], spans: [[5 * H, 12 * H]] }],
  ['weekdays in the morning', { weekdays: [1, 2, 3, 4, 5], spans: [[5 * H, 12 * H]] }],
  [
    '7',
    {
      spans: [
        [6.5 * H, 8.5 * H],
        [18.5 * H, 20.5 * H],
      ],
    },
  ],
  ['7pm', { spans: [[18.5 * H, 20.5 * H]] }],
  ['19:00', { spans: [[18.5 * H, 20.5 * H]] }],
  ['07:00', { spans: [[6.5 * H, 8.5 * H]] }],
  ['a las 7 de la tarde', { spans: [[18.5 * H, 20.5 * H]] }],
  ['friday evening at 7', { weekdays: [5], spans: [[18.5 * H, 20.5 * H]] }],
  ['after 18:00', { spans: [[18 * H, 24 * H]] }],
  ['después de las 19', { spans: [[19 * H, 24 * H]] }],
  ['before 9am', { spans: [[0, 9 * H]] }],
  ['antes de las 9', { spans: [[0, 21 * H]] }],
  ['7 to 9pm', { spans: [[19 * H, 21 * H]] }],
  ['noon', { spans: [[11.5 * H, 13.5 * H]] }],
  ['al mediodía', { spans: [[11.5 * H, 13.5 * H]] }],
])('“%s” is understood', (text, wish) => {
  expect(readWish(text, 'day')).toEqual(wish);
});

test('“mañana” is the morning where a time is asked for', () => {
  expect(readWish('mañana', 'time')).toEqual({ spans: [[5 * H, 12 * H]] });
});

test.each(['', 'boston', 'whenever', 'tuesday boston', 'on', 'at', 'monroe', 'sunnyside', '25:00'])(
  '“%s” says not when',
  (text) => {
    expect(readWish(text, 'day')).toBeUndefined();
  },
);

test('what is left over is given back', () => {
  expect(startWish('tonight in Boston', 'day')).toMatchObject({ rest: 'in boston', wish: { ahead: [0] } });
  expect(startWish('La Plata', 'day')).toEqual({ wish: {}, rest: 'la plata' });
});

test('whatever is typed, it is read to an end', () => {
  const words = fc.constantFrom(
    'tue',
    'at',
    '7',
    'pm',
    'mañana',
    'noche',
    'after',
    '-',
    'to',
    '19:00',
    'la',
    'de',
    ',',
    'x',
    '\u0000',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(words).map((all) => all.join(' ')),
      ),
      (text) => {
        const wish = readWish(text, 'time');
        if (!wish) return;
        const now = new Date('2026-03-08T06:30:00Z');
        const windows = windowsOf(wish, now, 'America/New_York', 15);
        for (const [i, { from, to }] of windows.entries()) {
          expect(from).toBeLessThan(to);
          expect(from).toBeGreaterThan(windows[i - 1]?.to ?? 0);
        }
      },
    ),
    { numRuns: 300 },
  );
});

describe('windows, in the zone of who asks', () => {
  const windows = (text: string, now: string, zone = 'America/New_York') =>
    windowsOf(readWish(text, 'day') ?? {}, new Date(now), zone, 15).map(({ from, to }) =>
      [from, to].map((ms) => new Date(ms).toISOString().slice(0, 16)),
    );

  test('now: what has begun a quarter of an hour ago, and the next hour', () => {
    expect(windows('now', '2026-11-25T12:00:00Z')).toEqual([['2026-11-25T11:45', '2026-11-25T13:00']]);
  });
  test('without a wish, a week', () => {
    expect(windowsOf({}, new Date('2026-11-25T12:00:00Z'), 'UTC', 15)).toEqual([
      { from: Date.parse('2026-11-25T11:45Z'), to: Date.parse('2026-12-02T11:45Z') },
    ]);
  });
  test('today is the local day, from now on', () => {
    expect(windows('today', '2026-11-26T02:00:00Z')).toEqual([['2026-11-26T01:45', '2026-11-26T05:00']]);
  });
  test('tonight reaches over midnight, and is still tonight at one', () => {
    expect(windows('tonight', '2026-11-25T23:00:00Z')).toEqual([['2026-11-26T00:00', '2026-11-26T08:00']]);
    expect(windows('tonight', '2026-11-26T06:00:00Z')).toEqual([
      ['2026-11-26T05:45', '2026-11-26T08:00'],
      ['2026-11-27T00:00', '2026-11-27T08:00'],
    ]);
  });
  test('a weekday on that weekday: the rest of it, and the beginning of the next', () => {
    expect(windows('wednesday', '2026-11-25T12:00:00Z', 'UTC')).toEqual([
      ['2026-11-25T11:45', '2026-11-26T00:00'],
      ['2026-12-02T00:00', '2026-12-02T11:45'],
    ]);
  });
  test('a day on which the clocks change has 23 hours', () => {
    expect(windows('sunday', '2026-03-07T12:00:00Z')).toEqual([['2026-03-08T05:00', '2026-03-09T04:00']]);
  });
});
