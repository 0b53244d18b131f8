import fc from 'fast-check';
import { type Ask, type Candidate, lookForSomeone, ROUND, type Search } from '../../../src/core/support/now/rounds.js';

const MINUTE = 60_000;
const START = new Date('2026-03-04T20:00:00Z');
const at = (minutes: number) => new Date(START.getTime() + minutes * MINUTE);

const on = (memberId: string, other: Partial<Candidate> = {}): Candidate => ({
  ...{ memberId, isOn: true, isPaused: false, isCoordinator: false },
  ...other,
});
const care = (memberId: string) => on(memberId, { isOn: false, isCoordinator: true });
const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => on(name));

const ask = (memberId: string, minutes: number, round = 1, said: Ask['said'] = null, isCoordinator = false): Ask => ({
  ...{ memberId, isCoordinator, round, askedAt: at(minutes), said },
});

function look(minutes: number, asks: readonly Ask[], other: Partial<Search> = {}) {
  const base = { asker: 'ana', since: START, until: at(60), candidates: [...many, care('cara')], apart: new Set<string>() };
  const round = lookForSomeone({ ...base, now: at(minutes), asks, ...other });
  if (!('ask' in round)) return { state: round.state, ...('by' in round && { by: round.by }) };
  return {
    state: round.state,
    asks: round.ask.map(({ memberId }) => memberId),
    next: (round.next.getTime() - START.getTime()) / MINUTE,
  };
}

test('two at first, three more after five minutes, then those who look after the community beside three more', () => {
  const first = [ask('a', 0), ask('b', 0)];
  expect(look(0, [])).toEqual({ state: 'asking', asks: ['a', 'b'], next: 5 });
  expect(look(4, first)).toEqual({ state: 'asking', asks: [], next: 5 });
  expect(look(5, first)).toEqual({ state: 'asking', asks: ['c', 'd', 'e'], next: 10 });
  const second = [...first, ask('c', 5, 2), ask('d', 5, 2), ask('e', 5, 2)];
  expect(look(9, second)).toMatchObject({ asks: [], next: 10 });
  expect(look(10, second)).toEqual({ state: 'coordinators', asks: ['f', 'cara'], next: 15 });
});

test('when everybody who was asked said no, nobody is waited for; who cannot be told takes nobody’s place', () => {
  expect(look(1, [ask('a', 0, 1, 'no'), ask('b', 0, 1, 'no')])).toMatchObject({ asks: ['c', 'd', 'e'], next: 6 });
  expect(look(1, [ask('a', 0, 1, 'unreached'), ask('b', 0)])).toEqual({ state: 'asking', asks: ['c'], next: 5 });
  expect(look(1, [ask('a', 0, 1, 'no'), ask('b', 0)]).asks).toEqual([]);
});

test('one volunteer, who is silent: then those who look after the community; nobody at all: that is said at once', () => {
  const candidates = [on('a'), care('cara')];
  expect(look(5, [ask('a', 0)], { candidates })).toEqual({ state: 'coordinators', asks: ['cara'], next: 10 });
  expect(look(0, [], { candidates: [care('cara')] })).toEqual({ state: 'coordinators', asks: ['cara'], next: 5 });
  expect(look(0, [], { candidates: [on('a', { isPaused: true }), on('b', { isOn: false })] })).toMatchObject({ state: 'nobody' });
  const all = [ask('a', 0), ask('cara', 5, 2, null, true)];
  expect(look(9, all, { candidates })).toMatchObject({ state: 'coordinators', asks: [] });
  expect(look(10, all, { candidates })).toEqual({ state: 'nobody', asks: [], next: 15 });
  // Somebody comes on call meanwhile.
  expect(look(15, all, { candidates: [...candidates, on('b')] }).asks).toEqual(['b']);
});

test('a yes ends the looking; when it came to nothing, looking begins anew with others', () => {
  expect(look(3, [ask('a', 0, 1, 'yes'), ask('b', 0)])).toEqual({ state: 'taken', by: 'a' });
  expect(look(200, [ask('a', 0, 1, 'yes')])).toEqual({ state: 'taken', by: 'a' });
  const anew = { since: at(20), until: at(80) };
  expect(look(20, [ask('a', 0, 1, 'missed'), ask('b', 0, 1, 'no')], anew)).toEqual({
    state: 'asking',
    asks: ['c', 'd'],
    next: 25,
  });
  // Who had not answered when it was taken is asked again, who had said no is not.
  const few = { ...anew, candidates: [on('a'), on('b'), on('c')] };
  const before = [ask('a', 0, 1, 'missed'), ask('b', 0), ask('c', 5, 2, 'no')];
  expect(look(20, before, few)).toEqual({ state: 'asking', asks: ['b'], next: 25 });
  expect(look(60, [ask('a', 0)])).toEqual({ state: 'over' });
});

/** One request from its beginning to its end, with whatever people do at whatever time. */
const stories = fc.record({
  people: fc.array(
    fc.record({ isOn: fc.boolean(), isPaused: fc.boolean(), isCoordinator: fc.boolean(), isApart: fc.boolean() }),
    { maxLength: 14 },
  ),
  says: fc.array(fc.constantFrom<Ask['said']>(null, null, null, 'no', 'unreached', 'yes'), { minLength: 15, maxLength: 15 }),
  leaps: fc.array(fc.integer({ min: 0, max: 12 * MINUTE }), { minLength: 5, maxLength: 30 }),
  goesOff: fc.integer({ min: 0, max: 30 }),
  misses: fc.integer({ min: 0, max: 2 }),
});

test('whatever people do: nobody is asked who must not be, nobody twice, and there is always a next look until it is over', () => {
  fc.assert(
    fc.property(stories, ({ people, says, leaps, goesOff, misses }) => {
      const name = (i: number) => (i === 0 ? 'ana' : `m${i}`);
      const apart = new Set(people.flatMap(({ isApart }, i) => (isApart && i > 0 ? [name(i)] : [])));
      let asks: Ask[] = [];
      let [since, until] = [START, at(60)];
      let now = START.getTime();
      let missed = 0;
      for (const [step, leap] of [0, ...leaps].entries()) {
        now += leap;
        const off = step >= goesOff;
        const candidates = people.map(({ isApart: _, ...one }, i) => ({ memberId: name(i), ...one, isOn: one.isOn && !off }));
        const round = lookForSomeone({ asker: 'ana', now: new Date(now), since, until, candidates, apart, asks });
        if (round.state === 'over') {
          expect(now).toBeGreaterThanOrEqual(until.getTime());
          return;
        }
        if (round.state === 'taken') {
          expect(asks.filter(({ said }) => said === 'yes').map(({ memberId }) => memberId)).toEqual([round.by]);
          if (missed++ >= misses) return;
          asks = asks.map((one) => (one.said === 'yes' ? { ...one, said: 'missed' } : one));
          [since, until] = [new Date(now), new Date(now + 60 * MINUTE)];
          continue;
        }
        expect(round.next.getTime()).toBeGreaterThan(now);
        expect(round.next.getTime()).toBeLessThanOrEqual(Math.min(now + ROUND, until.getTime()));
        for (const { memberId, isCoordinator } of round.ask) {
          const candidate = candidates.find((one) => one.memberId === memberId);
          expect(candidate).toMatchObject({ isPaused: false, ...(isCoordinator ? { isCoordinator: true } : { isOn: true }) });
          expect(memberId).not.toBe('ana');
          expect(apart.has(memberId)).toBe(false);
          // Nobody twice; only who had not answered before it began anew.
          const earlier = asks.find((one) => one.memberId === memberId);
          expect(earlier === undefined || (earlier.said === null && earlier.askedAt < since)).toBe(true);
        }
        const volunteers = round.ask.filter(({ isCoordinator }) => !isCoordinator).length;
        expect(volunteers).toBeLessThanOrEqual(3);
        if (round.state === 'nobody') expect(round.ask).toEqual([]);
        const taken = asks.some(({ said }) => said === 'yes');
        for (const one of round.ask) {
          const said = says[Number(one.memberId.slice(1))] ?? null;
          const isSecond = said === 'yes' && (taken || asks.some((other) => other.said === 'yes'));
          asks = asks.filter(({ memberId }) => memberId !== one.memberId);
          asks.push({ ...one, askedAt: new Date(now), said: isSecond ? null : said });
        }
      }
    }),
    { numRuns: 500 },
  );
});

test('left to itself, everybody who may be asked is, before it is over', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 3 }), (volunteers, coordinators) => {
      const candidates = [
        ...Array.from({ length: volunteers }, (_, i) => on(`v${i}`)),
        ...Array.from({ length: coordinators }, (_, i) => care(`c${i}`)),
      ];
      let asks: Ask[] = [];
      for (let now = START; ; ) {
        const round = lookForSomeone({ asker: 'ana', now, since: START, until: at(60), candidates, apart: new Set(), asks });
        if (!('ask' in round)) break;
        asks = [...asks, ...round.ask.map((one) => ({ ...one, askedAt: now, said: null }))];
        now = round.next;
      }
      expect(asks.map(({ memberId }) => memberId).sort()).toEqual(candidates.map(({ memberId }) => memberId).sort());
    }),
    { numRuns: 60 },
  );
});
