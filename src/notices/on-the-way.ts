import type { Tx } from '../schedule/kinds.js';

/** Milliseconds until it is looked at again whether a message that was on its way arrived. */
export const AGAIN = 1_000;

/** Those of these messages of which nobody knows yet whether the platform took them. @param once their keys */
export async function onTheirWay(tx: Tx, once: readonly string[]): Promise<ReadonlySet<string>> {
  if (once.length === 0) return new Set();
  const rows = await tx.delivery.findMany({ where: { once: { in: [...once] }, state: 'queued' }, select: { once: true } });
  return new Set(rows.map((row) => row.once));
}
