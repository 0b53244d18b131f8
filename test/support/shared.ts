import { existsSync } from 'node:fs';
import { fromRoot } from '../../src/root.js';

/** A file or folder of real data beside the checkout. Nothing needs it at run time; CI cannot do without. */
export const sharedData = (...parts: readonly string[]): string => fromRoot('..', 'shared', 'data', ...parts);

/** For what compares with real data: skipped, with a notice, where there is none. */
export function describeWithShared(name: string, suite: () => void): void {
  const isThere = existsSync(sharedData());
  if (!isThere && process.env.CI) throw new Error(`${sharedData()} is missing: CI compares with it.`);
  if (isThere) describe(name, suite);
  else test.skip(`${name}: ../shared is not here`, () => undefined);
}
