import fc from 'fast-check';
import {
  answerPlaces,
  offerEnds,
  type Place,
  type RSVP_ANSWERS,
  settlePlaces,
  waitlist,
} from '../../../src/core/sessions/places.js';

const HOUR = 3_600_000;
const START = new Date('2026-03-04T00:00:00Z');
const before = (hours: number) => new Date(START.getTime() - hours * HOUR);

test('a place is kept for a day; for two hours on the last day; until the start when that is nearer', () => {
  const hoursLeft = (hours: number) => (offerEnds(before(hours), START).getTime() - before(hours).getTime()) / HOUR;
  expect([48, 24, 23.9, 2, 1.5].map(hoursLeft)).toEqual([24, 24, 2, 2, 1.5]);
});

test('one place, three people: the second waits, the third after them; a no passes the place on', () => {
  const room = { capacity: 1, startsAt: START, now: before(30) };
  let places: Place[] = [];
  const say = (who: string, what: (typeof RSVP_ANSWERS)[number]) => {
    places = answerPlaces(places, who, what, room);
    return Object.fromEntries(places.map(({ memberId, state }) => [memberId, state]));
  };
  say('ana', 'going');
  say('ben', 'going');
  expect(say('cleo', 'going')).toEqual({ ana: 'going', ben: 'waiting', cleo: 'waiting' });
  // Saying yes again does not lose the turn.
  say('ben', 'going');
  expect(say('ana', 'no')).toEqual({ ana: 'no', ben: 'offered', cleo: 'waiting' });
  // Whoever comes back is last, whoever declines passes it on at once.
  expect(say('ana', 'going').ana).toBe('waiting');
  expect(say('ben', 'maybe')).toEqual({ ana: 'waiting', ben: 'maybe', cleo: 'offered' });
  places = settlePlaces(places, { ...room, now: before(5) });
  expect(places.map(({ memberId, state }) => [memberId, state]).sort()).toEqual([
    ['ana', 'offered'],
    ['ben', 'maybe'],
    ['cleo', 'lapsed'],
  ]);
});

test('a capacity that is raised lets the next in, one that is lowered sends nobody away; nothing is offered from the start on', () => {
  const room = { startsAt: START, now: before(30) };
  const three = ['ana', 'ben', 'cleo'].reduce<Place[]>(
    (all, who) => answerPlaces(all, who, 'going', { ...room, capacity: 2 }),
    [],
  );
  const states = (places: readonly Place[]) => places.map(({ state }) => state);
  expect(states(settlePlaces(three, { ...room, capacity: 3 }))).toEqual(['going', 'going', 'offered']);
  expect(states(settlePlaces(three, { ...room, capacity: 1 }))).toEqual(['going', 'going', 'waiting']);
  expect(states(settlePlaces(three, { startsAt: START, now: START, capacity: 9 }))).toEqual(['going', 'going', 'waiting']);
});

interface Step {
  readonly who: string;
  readonly what: (typeof RSVP_ANSWERS)[number] | 'capacity' | 'time';
  readonly by: number;
}
const step: fc.Arbitrary<Step> = fc.record({
  who: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  what: fc.constantFrom('going', 'going', 'going', 'maybe', 'no', 'capacity', 'time'),
  by: fc.integer({ min: 0, max: 9 }),
});

test('whatever is said, and whenever: never more than fit, first come first served, no offer without an end, nobody forgotten', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 0, max: 4 }), (steps, first) => {
      let capacity: number | null = first;
      let now = before(72);
      let places: Place[] = [];
      for (const { who, what, by } of steps) {
        const was = places;
        const inLine = waitlist(was).map(({ memberId }) => memberId);
        if (what === 'capacity') capacity = by > 6 ? null : by;
        if (what === 'time') now = new Date(now.getTime() + by * HOUR);
        const room = { capacity, startsAt: START, now };
        places = what === 'capacity' || what === 'time' ? settlePlaces(was, room) : answerPlaces(was, who, what, room);
        const holding = (all: readonly Place[]) => all.filter(({ state }) => state === 'going' || state === 'offered').length;
        const most = capacity ?? Number.POSITIVE_INFINITY;
        if (holding(places) > most) expect(holding(places)).toBeLessThanOrEqual(holding(was));
        const line = waitlist(places).map(({ memberId }) => memberId);
        if (now < START && holding(places) < most) expect(line).toEqual([]);
        // Those who still wait do so in their old order, and those who were offered a place stood before them.
        const stayed = inLine.filter((one) => line.includes(one));
        expect(line.slice(0, stayed.length)).toEqual(stayed);
        const left = inLine.filter((one) => !line.includes(one) && one !== who);
        expect(inLine.filter((one) => one !== who).slice(0, left.length)).toEqual(left);
        for (const { state, offeredAt, offeredUntil } of places) {
          if (state === 'offered') expect(offeredAt && offeredUntil && offeredUntil > now && offeredUntil <= START).toBe(true);
        }
        expect(new Set(places.map(({ memberId }) => memberId)).size).toBe(places.length);
        for (const { memberId } of was) expect(places.some((place) => place.memberId === memberId)).toBe(true);
        expect(settlePlaces(places, room)).toEqual(places);
      }
    }),
    { numRuns: 200 },
  );
});
