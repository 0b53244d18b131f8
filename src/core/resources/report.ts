import type { Oddity, Skip } from './resource.js';

/** Records of each kind that are told of by their places. */
const EXAMPLES = 5;

/** What came of an import. */
export interface Report {
  readonly records: number;
  readonly added: number;
  readonly changed: number;
  readonly retired: number;
  readonly unchanged: number;
  /** How many were skipped for each reason, and the places of the first of them, from 1. */
  readonly skipped: ReadonlyMap<Skip, { readonly count: number; readonly examples: readonly number[] }>;
  readonly odd: ReadonlyMap<Oddity, number>;
}

/** What is counted on the way. */
export class Tally {
  records = 0;
  added = 0;
  changed = 0;
  unchanged = 0;
  readonly skipped = new Map<Skip, { count: number; examples: number[] }>();
  readonly odd = new Map<Oddity, number>();

  skip(why: Skip): void {
    const one = this.skipped.get(why) ?? { count: 0, examples: [] };
    one.count += 1;
    if (one.examples.length < EXAMPLES) one.examples.push(this.records);
    this.skipped.set(why, one);
  }

  get skips(): number {
    return [...this.skipped.values()].reduce((sum, { count }) => sum + count, 0);
  }
}
