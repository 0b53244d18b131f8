import fc from 'fast-check';
import { type Ask, type Cover, coverChair } from '../../../src/core/sessions/cover.js';

const MINUTE = 60_000;
const START = new Date('2026-03-04T00:00:00Z');
const before = (minutes: number) => new Date(START.getTime() - minutes * MINUTE);
const line = { startsAt: START, chair: 'carla', coChair: 'cosmo', backups: ['bea', 'bob'] };

/** Asks at once whoever it is time to ask. */
function look(minutes: number, asks: readonly Ask[], who: Partial<Cover> = {}) {
  const now = before(minutes);
  const { state, chairs, ask, next } = coverChair({ ...line, ...who, now, asks });
  return {
    state,
    ...(chairs && { chairs }),
    asks: ask.map(({ memberId }) => memberId),
    next: next && (START.getTime() - next.getTime()) / MINUTE,
  };
}
const ask = (memberId: string, minutes: number, said: Ask['said'] = null): Ask => ({ memberId, askedAt: before(minutes), said });

test('the chair is asked two hours before, and nobody else until half an hour before', () => {
  expect(look(121, [])).toEqual({ state: 'unasked', asks: [], next: 120 });
  expect(look(120, [])).toEqual({ state: 'asked', asks: ['carla'], next: 30 });
  expect(look(31, [ask('carla', 120)])).toEqual({ state: 'asked', asks: [], next: 30 });
  expect(look(30, [ask('carla', 120)])).toEqual({ state: 'seeking', asks: ['cosmo', 'bea', 'bob'], next: 0 });
});

test('a chair who confirms is all that is needed', () => {
  expect(look(100, [ask('carla', 120, 'yes')])).toEqual({ state: 'confirmed', chairs: 'carla', asks: [], next: undefined });
});

test('one who cannot is not waited for: the co-chair is asked at once, the others ten minutes later or as soon as that is a no', () => {
  const no = ask('carla', 120, 'no');
  expect(look(100, [no])).toEqual({ state: 'seeking', asks: ['cosmo'], next: 90 });
  expect(look(91, [no, ask('cosmo', 100)]).asks).toEqual([]);
  expect(look(90, [no, ask('cosmo', 100)]).asks).toEqual(['bea', 'bob']);
  expect(look(99, [no, ask('cosmo', 100, 'no')]).asks).toEqual(['bea', 'bob']);
  expect(look(99, [no, ask('cosmo', 100, 'unreached')]).asks).toEqual(['bea', 'bob']);
  // With half an hour left, nobody is waited for.
  expect(look(30, [no, ask('cosmo', 35)]).asks).toEqual(['bea', 'bob']);
});

test('one who says days before that they cannot is looked after then; without a chair it begins when it is near', () => {
  expect(look(3000, [ask('carla', 3000, 'no')]).asks).toEqual(['cosmo']);
  expect(look(121, [], { chair: undefined })).toEqual({ state: 'unasked', asks: [], next: 120 });
  expect(look(120, [], { chair: undefined })).toEqual({ state: 'seeking', asks: ['cosmo'], next: 110 });
  expect(look(120, [], { chair: undefined, coChair: undefined }).asks).toEqual(['bea', 'bob']);
  expect(look(120, [ask('carla', 120, 'unreached')], { coChair: undefined }).asks).toEqual(['bea', 'bob']);
});

test('whoever steps in chairs; one who steps back leaves it open again; the chair takes it back by saying yes', () => {
  const asked = [ask('carla', 120), ask('cosmo', 30, 'no'), ask('bea', 30, 'yes'), ask('bob', 30)];
  expect(look(20, asked)).toMatchObject({ state: 'confirmed', chairs: 'bea', asks: [] });
  expect(look(20, [ask('carla', 120), ask('bea', 30, 'no')])).toMatchObject({ state: 'seeking', asks: ['cosmo', 'bob'] });
  expect(look(20, [...asked.filter(({ memberId }) => memberId !== 'carla'), ask('carla', 120, 'yes')]).chairs).toBe('carla');
});

test('somebody who is not of this session any more neither chairs nor is waited for', () => {
  expect(look(60, [ask('carla', 120, 'yes')], { chair: 'dora' })).toMatchObject({ state: 'asked', asks: ['dora'] });
});

test('down from three hours before to ten minutes before: everybody is asked at once; from the start on nobody is', () => {
  expect(look(10, [])).toEqual({ state: 'seeking', asks: ['carla', 'cosmo', 'bea', 'bob'], next: 0 });
  expect(look(0, [])).toEqual({ state: 'open', asks: [], next: undefined });
  expect(look(-5, [ask('bea', 30)])).toEqual({ state: 'open', asks: [], next: undefined });
  expect(look(-5, [ask('bea', 30, 'yes')])).toMatchObject({ state: 'confirmed', chairs: 'bea' });
  expect(look(10, [], { chair: undefined, coChair: undefined, backups: [] })).toMatchObject({ state: 'seeking', asks: [] });
});

test('however often and whenever one looks, nobody is asked twice, everybody is asked in the end, and there is always a next look', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 12 }),
      fc.array(fc.constantFrom<Ask['said']>(null, 'no', 'unreached'), { minLength: 4, maxLength: 4 }),
      (times, sayings) => {
        const who = ['carla', 'cosmo', 'bea', 'bob'];
        let asks: Ask[] = [];
        for (const minutes of [...times, 5].sort((a, b) => b - a)) {
          const covered = coverChair({ ...line, now: before(minutes), asks });
          expect(covered.next && covered.next > before(minutes)).toBe(true);
          asks = [...asks, ...covered.ask.map(({ memberId }) => ask(memberId, minutes, sayings[who.indexOf(memberId)] ?? null))];
        }
        expect(asks.map(({ memberId }) => memberId).sort()).toEqual([...who].sort());
      },
    ),
    { numRuns: 200 },
  );
});
