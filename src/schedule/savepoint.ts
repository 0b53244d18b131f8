import { isUnavailable } from '../db/unavailable.js';
import type { Tx } from './kinds.js';

/** SQLSTATE: serialization failure and deadlock. The whole transaction must be repeated, and may then succeed. */
const REPEAT = /\b(?:40001|40P01)\b/;

function mustRepeat(error: unknown): boolean {
  const { code, meta, message } = error as { code?: unknown; meta?: { code?: unknown }; message?: unknown };
  // P2034 is Prisma's word for the same.
  return code === 'P2034' || [code, meta?.code, message].some((text) => typeof text === 'string' && REPEAT.test(text));
}

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
