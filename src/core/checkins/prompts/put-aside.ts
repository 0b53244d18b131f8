import type { Scope } from '../../scope.js';
import { cancel } from '../../work/plan.js';
import { AGAIN } from '../kinds.js';
import { heardFrom } from '../missed/heard.js';
import { myPrompt } from './mine.js';

/** "Not this time": nothing more is sent for this prompt, and it counts as no silence. */
export async function putPromptAside(scope: Scope, id: string): Promise<void> {
  const { db, member, now } = scope;
  await db.transact(async (tx) => {
    await myPrompt(tx, scope, id);
    await tx.checkInPrompt.updateMany({
      where: { id, state: { in: ['waiting', 'missed'] } },
      data: { state: 'skipped', endedAt: now },
    });
    await heardFrom(tx, member.id, now);
    await cancel(tx, { kind: AGAIN, subjectId: id });
  });
}
