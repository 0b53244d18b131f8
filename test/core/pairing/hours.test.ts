import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { slotsLike, TOGETHER } from '../../../src/core/pairing/hours.js';
import { SLOTS, type Slot } from '../../../src/core/pairing/vocabulary.js';

const AUTUMN = new Date('2026-11-26T12:00:00Z');

test('the same part of the week goes together in one zone, and its neighbours do not', () => {
  const like = slotsLike(AUTUMN);
  for (const slot of SLOTS) expect(like(slot, 'Europe/Madrid', 'Europe/Madrid')).toEqual([slot]);
});

test('evenings in Madrid are afternoons in New York, nights are evenings and nights', () => {
  expect(slotsLike(AUTUMN)('weekday-evening', 'Europe/Madrid', 'America/New_York')).toEqual(['weekday-afternoon']);
  expect(slotsLike(AUTUMN)('weekday-night', 'Europe/Madrid', 'America/New_York')).toEqual(['weekday-evening', 'weekday-night']);
});

test('hours are compared by the clocks as they go now: in the weeks in which only one zone has changed them, they differ', () => {
  // From 8 to 29 March 2026, Los Angeles is on summer time and Madrid is not: eight hours apart in place of nine.
  const afternoons = (now: string) => slotsLike(new Date(now))('weekday-afternoon', 'America/Los_Angeles', 'Europe/Madrid');
  expect(afternoons('2026-03-01T12:00:00Z')).toEqual(['weekday-night']);
  expect(afternoons('2026-03-15T12:00:00Z')).toEqual(['weekday-evening', 'weekday-night']);
  expect(afternoons('2026-04-05T12:00:00Z')).toEqual(['weekday-night']);
});

const PARTS: Record<string, readonly [from: number, to: number]> = {
  ...{ morning: [6, 12], afternoon: [12, 17], evening: [17, 22], night: [22, 30] },
};
/** Every quarter of an hour of a week around `now` in which a slot is. @param offset minutes ahead of UTC */
function quarters(slot: Slot, monday: Temporal.PlainDate, offset: number): Set<number> {
  const [kind, part] = slot.split('-') as [string, string];
  const [from, to] = PARTS[part] as readonly [number, number];
  const found = new Set<number>();
  // Three weeks, so that what reaches over the end of one is there.
  for (let day = -7; day < 14; day++) {
    const date = monday.add({ days: day });
    if (date.dayOfWeek > 5 !== (kind === 'weekend')) continue;
    const start = date.toZonedDateTime('UTC').epochMilliseconds / 900_000 - offset / 15;
    for (let quarter = from * 4; quarter < to * 4; quarter++) found.add(start + quarter);
  }
  return found;
}

test('two parts go together exactly when their quarters of an hour have two hours in a row in common', () => {
  const zones = [
    'America/New_York',
    'Europe/Madrid',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Pacific/Kiritimati',
    'Pacific/Pago_Pago',
  ];
  const zone = fc.constantFrom(...zones);
  const when = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(fc.constantFrom(...SLOTS), zone, zone, when, (slot, one, other, now) => {
      const at = Temporal.Instant.fromEpochMilliseconds(now.getTime());
      const offset = (name: string) => at.toZonedDateTimeISO(name).offsetNanoseconds / 60e9;
      const monday = Temporal.PlainDate.from('2026-06-15');
      const mine = quarters(slot, monday, offset(one));
      const inCommon = (theirs: Slot) => {
        const shared = [...quarters(theirs, monday, offset(other))].filter((quarter) => mine.has(quarter)).sort((a, b) => a - b);
        let row = 0;
        return shared.some((quarter, i) => {
          row = i > 0 && quarter === (shared[i - 1] as number) + 1 ? row + 1 : 1;
          return row * 15 >= TOGETHER;
        });
      };
      expect(slotsLike(now)(slot, one, other)).toEqual(SLOTS.filter(inCommon));
    }),
    { numRuns: 300 },
  );
});
