import { UserError } from '../../chat/errors.js';
import type { Scope } from '../scope.js';
import type { DateOf } from './alter.js';
import { detailsOf } from './details.js';
import { mayRun } from './may-run.js';

/**
 * The link of one date. Of an open session anybody in the community may have it; of a closed one those who said yes, who serve
 * it, and facilitators.
 * @throws UserError when there is none, or the member may not have it (yet)
 */
export async function linkOf(scope: Scope, { session: id, local }: DateOf): Promise<string> {
  const { db, member, cipher } = scope;
  const session = await db.session.findFirst({ where: { id } });
  const row = await db.occurrence.findFirst({ where: { sessionId: id, local } });
  const { link } = session ? detailsOf(cipher, session, row ?? undefined) : {};
  if (!session || link === undefined) throw new UserError('session.noLink');
  if (!session.isClosed || mayRun(scope, session, row ?? undefined)) return link;
  const said = row && (await db.rsvp.findFirst({ where: { occurrenceId: row.id, memberId: member.id, state: 'going' } }));
  const serves = await db.sessionBackup.findFirst({ where: { sessionId: id, memberId: member.id } });
  if (!said && !serves) throw new UserError('session.linkAfterYes');
  return link;
}
