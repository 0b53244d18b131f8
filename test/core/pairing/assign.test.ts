import { createRequire } from 'node:module';
import fc from 'fast-check';
import { assign, NEVER, type Table, valuesOf } from '../../../src/core/pairing/queue/assign.js';
import { OPTIONS, type Solve, solveApart } from '../../../src/core/pairing/queue/solver.js';

let solve: Solve;
beforeAll(async () => {
  const highs = await createRequire(import.meta.url)('highs')();
  solve = async (programme) => highs.solve(programme, OPTIONS);
});

type Assigned = readonly (number | undefined)[];

/** Pairs, then points, then who waits longest: as separate numbers, whatever weights the solver is given. */
function worth({ points }: Table, assigned: Assigned): [pairs: number, points: number, waiting: number] {
  const pairs = [...assigned.entries()].filter(([, mentor]) => mentor !== undefined) as [number, number][];
  return [
    pairs.length,
    pairs.reduce((sum, [asker, mentor]) => sum + ((points[asker] as Int8Array)[mentor] as number), 0),
    pairs.reduce((sum, [asker]) => sum + points.length - asker, 0),
  ];
}

/** Every assignment there is. */
function* every({ points, places }: Table, asker = 0): Generator<(number | undefined)[]> {
  if (asker === points.length) return yield [];
  for (const rest of every({ points, places }, asker + 1)) {
    yield [undefined, ...rest];
    for (const [mentor, fit] of (points[asker] as Int8Array).entries())
      if (fit !== NEVER && rest.filter((one) => one === mentor).length < (places[mentor] as number)) yield [mentor, ...rest];
  }
}

const table: fc.Arbitrary<Table> = fc
  .record({ askers: fc.integer({ min: 1, max: 5 }), mentors: fc.integer({ min: 1, max: 4 }) })
  .chain(({ askers, mentors }) =>
    fc.record({
      points: fc.array(
        fc
          .array(fc.constantFrom(NEVER, NEVER, 0, 20, 50, 50, 51, 100), { minLength: mentors, maxLength: mentors })
          .map((row) => Int8Array.from(row)),
        { minLength: askers, maxLength: askers },
      ),
      places: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: mentors, maxLength: mentors }),
    }),
  );

test('nothing is better than the assignment, of all that there are, on a thousand small communities', async () => {
  await fc.assert(
    fc.asyncProperty(table, async (one) => {
      const assigned = await assign(one, solve);
      const allowed = [...every(one)];
      expect(allowed).toContainEqual(assigned);
      const best = allowed.map((other) => worth(one, other)).sort(([a, b, c], [d, e, f]) => d - a || e - b || f - c)[0];
      expect(worth(one, assigned)).toEqual(best);
    }),
    { numRuns: 1_000 },
  );
}, 60_000);

test('a mentor whom many like best goes to who has nobody else', async () => {
  const points = [Int8Array.of(100, 90), Int8Array.of(100, NEVER)];
  expect(await assign({ points, places: [1, 1] }, solve)).toEqual([1, 0]);
});

test('among equals the one who waits longest is served, and pairs that never may be are not', async () => {
  const points = [Int8Array.of(50), Int8Array.of(50), Int8Array.of(NEVER)];
  expect(await assign({ points, places: [1] }, solve)).toEqual([0, undefined, undefined]);
  expect(await assign({ points: [Int8Array.of(NEVER)], places: [5] }, solve)).toEqual([undefined]);
  expect(await assign({ points: [], places: [] }, solve)).toEqual([]);
});

test('mentors beyond the first that are looked at are found where they make it better, also in a thread of its own', async () => {
  // All like the same ten best; only those beyond them have places for everybody.
  const points = Array.from({ length: 30 }, () => Int8Array.from({ length: 30 }, (_, mentor) => (mentor < 10 ? 100 : 10)));
  const everybody = { points, places: points.map(() => 1) };
  const assigned = await assign(everybody, solveApart);
  expect(worth(everybody, assigned)).toEqual([30, 1_200, 465]);
});

test('whole numbers stay whole with two thousand who wait', () => {
  const points = Array.from({ length: 2_000 }, () => Int8Array.of(100));
  const value = valuesOf({ points });
  expect(value(0, 0) - value(1, 0)).toBe(1);
  expect(value(0, 0) * 2_000).toBeLessThan(Number.MAX_SAFE_INTEGER);
});
