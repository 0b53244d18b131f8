import type { Scope } from '../../scope.js';
import { mine, planNext } from './kept.js';

/**
 * Leaves out one promised time, such as that of a holiday.
 * @param local names it, so that a button that is pressed twice skips one
 * @returns when the next one is; undefined when there is none
 * @throws UserError when the schedule is gone
 */
export async function skipOne(scope: Scope, id: string, local: string): Promise<Date | undefined> {
  const { db, member, now } = scope;
  return db.transact(async (tx) => {
    const [row] = await mine(tx, scope, id);
    if (!row) return undefined;
    const skips = [...new Set([...row.skips.filter((skip) => skip > row.settled), local])].sort();
    return planNext(tx, await tx.checkInSchedule.update({ where: { id }, data: { skips } }), member.zone, now);
  });
}
