import type { Solution, Solve } from './solver.js';

/** How much it counts that somebody is paired at all: as much as all the wishes of ten people. */
export const PLACE = 1_000;
/** What a pair scores at most, when every wish is fulfilled. */
export const FULL = 100;
/** A pair that is not to be. */
export const NEVER = -1;
/** Mentors that each asker is looked at with first, and how many are added to them at a time. */
const FIRST = 5;

/** Who waits and who serves. */
export interface Table {
  /** By asker, those who wait longest first: what each mentor is to them, from 0 to {@link FULL}, or {@link NEVER}. */
  readonly points: readonly Int8Array[];
  /** Free places, by mentor. */
  readonly places: readonly number[];
}

/**
 * What a pair counts: whole numbers in which waiting decides among equal sums of points, because all that waiting can add up to
 * is less than a single point.
 */
export function valuesOf({ points }: Pick<Table, 'points'>): (asker: number, mentor: number) => number {
  const count = points.length;
  const point = (count * (count + 1)) / 2 + 1;
  return (asker, mentor) => (PLACE + ((points[asker] as Int8Array)[mentor] as number)) * point + count - asker;
}

/** Begins elsewhere for each asker, so that not everybody is looked at with the same mentors among equals. */
function bestOf(row: Int8Array, asker: number): number[] {
  const from = (asker * 7_919) % Math.max(1, row.length);
  const turned = [...row.keys()].map((i) => (i + from) % row.length);
  return turned
    .filter((mentor) => row[mentor] !== NEVER)
    .sort((a, b) => (row[b] as number) - (row[a] as number))
    .slice(0, FIRST);
}

type Known = readonly Set<number>[];

/** The programme over the pairs that are known: each asker at most once, no mentor beyond their places. */
function programme({ places }: Table, known: Known, value: (asker: number, mentor: number) => number): string {
  const aims: string[] = [];
  const ofAsker: string[][] = known.map(() => []);
  const ofMentor: string[][] = places.map(() => []);
  for (const [asker, mentors] of known.entries())
    for (const mentor of mentors) {
      const name = `x${asker}_${mentor}`;
      aims.push(`${value(asker, mentor)} ${name}`);
      ofAsker[asker]?.push(name);
      ofMentor[mentor]?.push(name);
    }
  const limit = (kind: string, names: readonly string[], i: number, most: number) =>
    names.length === 0 ? [] : [`${kind}${i}: ${names.join('\n + ')} <= ${most}`];
  return [
    'Maximize',
    `sum: ${aims.join('\n + ')}`,
    'Subject To',
    ...ofAsker.flatMap((names, i) => limit('a', names, i, 1)),
    ...ofMentor.flatMap((names, i) => limit('m', names, i, places[i] ?? 0)),
    'End',
  ].join('\n');
}

/** What one more of each would be worth: whole numbers, as all that the programme is made of. */
function pricesOf({ Rows }: Solution, { points, places }: Table) {
  const prices = { a: new Float64Array(points.length), m: new Float64Array(places.length) };
  for (const { Name, Dual } of Rows) prices[Name.charAt(0) as 'a' | 'm'][Number(Name.slice(1))] = Math.round(Dual);
  return prices;
}

/**
 * Adds to each asker the mentors with whom a pair would be worth more than the two are priced at.
 * @returns whether there were any; where not, nothing that was left out could make the sum greater
 */
function addMore(table: Table, known: Known, solution: Solution, value: (asker: number, mentor: number) => number): boolean {
  const { a, m } = pricesOf(solution, table);
  let isMore = false;
  for (const [asker, row] of table.points.entries()) {
    const gains: (readonly [mentor: number, gain: number])[] = [];
    for (const [mentor, points] of row.entries()) {
      const gain = points === NEVER ? 0 : value(asker, mentor) - (a[asker] as number) - (m[mentor] as number);
      if (gain > 0 && !known[asker]?.has(mentor)) gains.push([mentor, gain]);
    }
    for (const [mentor] of gains.sort(([, one], [, other]) => other - one).slice(0, FIRST)) known[asker]?.add(mentor);
    isMore ||= gains.length > 0;
  }
  return isMore;
}

/**
 * The best assignment of everybody at once: the greatest sum of points, a place counting {@link PLACE}, and among equal sums
 * the one that serves who waits longest. Nobody is paired with somebody they never may be, no mentor has more than their places.
 * The solver is given few pairs first, and more of them for as long as they could better the sum, so that it never holds all.
 * @returns by asker, their mentor; undefined: goes on waiting
 */
export async function assign(table: Table, solve: Solve): Promise<(number | undefined)[]> {
  const { points, places } = table;
  const value = valuesOf(table);
  const known: Known = points.map((row, asker) => new Set(bestOf(row, asker)));
  const assigned = points.map((): number | undefined => undefined);
  if (known.every(({ size }) => size === 0)) return assigned;
  const best = async () => {
    const solution = await solve(programme(table, known, value));
    if (solution.Status !== 'Optimal') throw new Error(`The solver found no best assignment: ${solution.Status}.`);
    return solution;
  };
  let solution = await best();
  while (addMore(table, known, solution, value)) solution = await best();
  const taken = places.map(() => 0);
  for (const [name, column] of Object.entries(solution.Columns)) {
    if (column.Primal < 0.5) continue;
    const [asker, mentor] = name.slice(1).split('_').map(Number) as [number, number];
    if (assigned[asker] !== undefined || (taken[mentor] as number) >= (places[mentor] as number))
      throw new Error('The solver paired somebody beyond what is allowed.');
    assigned[asker] = mentor;
    taken[mentor] = (taken[mentor] as number) + 1;
  }
  return assigned;
}
