import type { Scope } from '../../scope.js';
import { cancel } from '../../work/plan.js';
import { PROMPT } from '../kinds.js';
import { endPrompts } from '../prompts/end.js';
import { mine } from './kept.js';

/** Ends a schedule for good. The check-ins that it led to stay. @throws UserError when it is gone */
export async function removeSchedule(scope: Scope, id: string): Promise<void> {
  const { db, member, now } = scope;
  await db.transact(async (tx) => {
    await mine(tx, scope, id);
    await endPrompts(tx, { memberId: member.id, scheduleId: id }, 'dropped', now);
    await cancel(tx, { kind: PROMPT, subjectId: id });
    await tx.checkInSchedule.delete({ where: { id } });
  });
}
