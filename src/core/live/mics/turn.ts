import { UserError } from '../../../chat/errors.js';
import { note } from '../../audit/note.js';
import type { Scope } from '../../scope.js';
import { altered } from '../../sessions/alter.js';
import { roomKind } from './room.js';

/** Has the dates of a session be quiet from now on, or not any more; one that goes on stays as it is. @throws UserError */
export async function turnQuiet(scope: Scope, sessionId: string, isQuiet: boolean): Promise<void> {
  const { db, cipher } = scope;
  await db.transact(async (tx) => {
    const session = await altered(scope, tx, sessionId);
    if (session.state !== 'active') throw new UserError('session.gone');
    if (isQuiet && session.spaceId !== scope.space?.id) throw new UserError('quiet.notHere');
    if (isQuiet && roomKind(cipher, session) === undefined) throw new UserError('quiet.notVoice');
    const { count } = await tx.session.updateMany({ where: { id: sessionId, isQuiet: !isQuiet }, data: { isQuiet } });
    if (count > 0) await note(tx, scope, isQuiet ? 'quiet.on' : 'quiet.off');
  });
}
