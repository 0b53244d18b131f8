import { latestLocalAt, localAt } from '../../../time/local.js';
import { localKey } from '../../../time/recurrence.js';
import type { Scope } from '../../scope.js';
import { heardFrom } from '../missed/heard.js';
import { endPrompts } from '../prompts/end.js';
import { instant, mine, planNext } from './kept.js';

/** Which schedules: one, or all of the member's. */
export interface WhichSchedules {
  readonly id?: string;
}

/**
 * Asks nothing more: until an instant, or until it is resumed. What waits to be sent is dropped. What is promised for the time
 * of the pause does not happen, wherever the member travels meanwhile.
 * @returns how many schedules
 */
export async function pauseSchedules(scope: Scope, { id, until }: WhichSchedules & { readonly until?: Date }): Promise<number> {
  const { db, member, now } = scope;
  return db.transact(async (tx) => {
    const rows = await mine(tx, scope, id);
    // The last minute before: a prompt that is promised for the end itself is asked.
    const settled = until && localKey(localAt(instant(until).subtract({ minutes: 1 }), member.zone));
    const data = { state: 'paused' as const, resumeAt: until ?? null, ...(settled !== undefined && { settled }) };
    for (const { id: scheduleId } of rows) {
      const row = await tx.checkInSchedule.update({ where: { id: scheduleId }, data });
      await planNext(tx, row, member.zone, now);
      await endPrompts(tx, { memberId: member.id, scheduleId }, 'dropped', now);
    }
    await heardFrom(tx, member.id, now);
    return rows.length;
  });
}

/** Goes on from now. @returns how many schedules were paused */
export async function resumeSchedules(scope: Scope, { id }: WhichSchedules): Promise<number> {
  const { db, member, now } = scope;
  return db.transact(async (tx) => {
    const paused = (await mine(tx, scope, id)).filter(({ state }) => state === 'paused');
    const settled = localKey(latestLocalAt(instant(now), member.zone));
    for (const { id: scheduleId } of paused) {
      const data = { state: 'active' as const, resumeAt: null, settled };
      await planNext(tx, await tx.checkInSchedule.update({ where: { id: scheduleId }, data }), member.zone, now);
    }
    await heardFrom(tx, member.id, now);
    return paused.length;
  });
}
