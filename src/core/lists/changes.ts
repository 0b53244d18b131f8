/** A list of fewer entries than this may lose any number of them without being doubted. */
const FEW = 10;
/** A list that keeps less than this share of its entries is doubted. */
const KEPT = 0.5;
/** Rows of one statement: a statement takes so many values only. */
const BATCH = 500;
/** Whether a list has lost so much that its server may be ill rather than its entries gone. */
export const isDoubtful = (before: number, after: number): boolean =>
  before > 0 && (after === 0 || (before >= FEW && after < before * KEPT));

/** Rows in parts that one statement takes. */
export function batches<T>(all: readonly T[]): readonly T[][] {
  return Array.from({ length: Math.ceil(all.length / BATCH) }, (_, i) => all.slice(i * BATCH, (i + 1) * BATCH));
}
