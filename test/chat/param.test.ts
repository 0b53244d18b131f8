import { param } from '../../src/chat/index.js';
import { readWhen } from '../../src/chat/when.js';

const read = (p: { schema: { safeParse(value: unknown): { success: boolean; data?: unknown } } }, value: unknown) => {
  const result = p.schema.safeParse(value);
  return result.success ? result.data : 'refused';
};

test.each([
  [param.int({ min: 0, max: 10 }), '7', 7],
  [param.int({ min: 0, max: 10 }), ' 0 ', 0],
  [param.int({ min: 0, max: 10 }), 10, 10],
  [param.int({ min: 0, max: 10 }), '', undefined],
  [param.int({ min: 0, max: 10 }), '11', 'refused'],
  [param.int({ min: 0, max: 10 }), '7.5', 'refused'],
  [param.int({ min: 0, max: 10 }), '0x7', 'refused'],
  [param.int({ min: 0, max: 10, required: true }), '', 'refused'],
  [param.bool({}), 'sí', true],
  [param.bool({}), 'no', false],
  [param.bool({}), 'maybe', 'refused'],
  [param.choice(['one', 'two'], {}), ' Two ', 'two'],
  [param.choice(['one', 'two'], {}), 'three', 'refused'],
  [param.choices(['one', 'two'], {}), 'one, TWO', ['one', 'two']],
  [param.choices(['one', 'two'], {}), [], undefined],
  [param.choices(['one', 'two'], {}), 'one three', 'refused'],
  [param.member({}), '<@U12AB|ana>', 'U12AB'],
  [param.member({}), '<@!123>', '123'],
  [param.member({}), 'two words', 'refused'],
  [param.roles({}), '<@&77> <!subteam^S1|@all>', ['77', 'S1']],
  [param.zone({}), 'europe/madrid', 'Europe/Madrid'],
  [param.zone({}), 'New York', 'America/New_York'],
  [param.zone({}), 'madrid', 'Europe/Madrid'],
  [param.zone({}), 'utc', 'UTC'],
  [param.zone({}), 'Middle Earth', 'refused'],
  [param.text({ shown: 'own', max: 3 }), 'abcd', 'refused'],
  [param.text({ shown: 'own', max: 3 }), ' abc ', 'abc'],
  [param.text({ shown: 'own' }), 7, 'refused'],
])('%#: %j', (p, value, expected) => expect(read(p, value)).toEqual(expected));

const monday = new Date('2026-03-09T12:00:00Z');
test.each([
  ['tomorrow at 7pm', 'America/New_York', '2026-03-10T23:00:00.000Z'],
  ['mañana a las 19:00', 'Europe/Madrid', '2026-03-10T18:00:00.000Z'],
  ['2026-03-29 02:30', 'Europe/Madrid', '2026-03-29T01:00:00.000Z'],
  ['2026-10-25 02:30', 'Europe/Madrid', '2026-10-25T00:30:00.000Z'],
  ['in 10 minutes', 'Asia/Tokyo', '2026-03-09T12:10:00.000Z'],
  ['today', 'America/New_York', '2026-03-09T04:00:00.000Z'],
  ['since last Friday', 'America/New_York', '2026-03-06T05:00:00.000Z'],
  ['el 4 de mayo', 'Europe/Madrid', '2026-05-03T22:00:00.000Z'],
  ['2026-03-29', 'Africa/Cairo', '2026-03-28T22:00:00.000Z'],
  ['25/05/2026', 'UTC', '2026-05-25T00:00:00.000Z'],
  ['tonight', 'UTC', '2026-03-09T22:00:00.000Z'],
  ['esta tarde', 'UTC', '2026-03-09T15:00:00.000Z'],
  ['hace 5 días', 'Europe/Madrid', '2026-03-03T23:00:00.000Z'],
  ['hace cinco dias', 'UTC', '2026-03-04T00:00:00.000Z'],
  ['desde hace una semana', 'UTC', '2026-03-02T00:00:00.000Z'],
  ['hace 2 semanas', 'America/Lima', '2026-02-23T05:00:00.000Z'],
  ['Hace un mes', 'UTC', '2026-02-09T00:00:00.000Z'],
  ['hace 3 años', 'UTC', '2023-03-09T00:00:00.000Z'],
  ['hace 10 minutos', 'Asia/Tokyo', '2026-03-09T11:50:00.000Z'],
  ['anteayer', 'Europe/Madrid', '2026-03-06T23:00:00.000Z'],
  ['antes de ayer', 'UTC', '2026-03-07T00:00:00.000Z'],
  ['la semana pasada', 'UTC', '2026-03-02T00:00:00.000Z'],
  ['desde la semana pasada', 'Europe/Madrid', '2026-03-01T23:00:00.000Z'],
  ['el mes pasado', 'UTC', '2026-02-09T00:00:00.000Z'],
  ['el año pasado', 'UTC', '2025-03-09T00:00:00.000Z'],
])('%s in %s', (text, zone, instant) => expect(readWhen(text)?.at(zone, monday)?.instant.toISOString()).toBe(instant));

test('words that are no moment are refused', () => expect(readWhen('when pigs fly')).toBeUndefined());

test.each([
  '04/05/2026',
  'el lunes pasado',
  'el pasado lunes',
  'pasado mañana',
  'mañana por la tarde',
  'hace 5 lunes',
  'hace poco',
])('%s is refused rather than read as another day', (text) => expect(readWhen(text)).toBeUndefined());
