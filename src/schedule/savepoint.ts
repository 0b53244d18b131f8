import { mustRepeat } from '../db/repeat.js';
import { isUnavailable } from '../db/unavailable.js';
import type { Tx } from './kinds.js';

/**
 * Does the work inside the open transaction, or none of it.
 * @returns what the work threw, undefined when it went well
 * @throws what concerns the whole transaction: the database is not available, or wants the transaction to be repeated
 */
export async function attempt(tx: Tx, work: () => Promise<void>): Promise<{ readonly error: unknown } | undefined> {
  await tx.$executeRaw`SAVEPOINT homegroup`;
  try {
    await work();
  } catch (error) {
    if (isUnavailable(error) || mustRepeat(error)) throw error;
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT homegroup`;
    await tx.$executeRaw`RELEASE SAVEPOINT homegroup`;
    return { error };
  }
  await tx.$executeRaw`RELEASE SAVEPOINT homegroup`;
  return undefined;
}
