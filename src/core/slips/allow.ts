import { note } from '../audit/note.js';
import type { Scope } from '../scope.js';
import { altered } from '../sessions/alter.js';

/** Whether members can make slips of a session. Slips that were made stay valid. Twice is once. @throws UserError */
export async function allowSlips(scope: Scope, id: string, allowsSlips: boolean): Promise<void> {
  const { db } = scope;
  await db.transact(async (tx) => {
    const session = await altered(scope, tx, id);
    if (session.allowsSlips === allowsSlips) return;
    await tx.session.update({ where: { id }, data: { allowsSlips } });
    const action = allowsSlips ? 'session.slipsOn' : 'session.slipsOff';
    await note(tx, scope, action);
  });
}
