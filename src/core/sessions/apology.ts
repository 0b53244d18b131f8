import type { Scope } from '../scope.js';
import { mayRun } from './may-run.js';
import type { DatedSession, SessionView } from './view.js';

/** The words with which a date was called off: for those who had not said no to it, and for who runs it. They may be personal. */
export async function apologyFor(
  scope: Scope,
  { session, date }: DatedSession,
  { state, apology }: Pick<SessionView, 'state' | 'apology'>,
): Promise<string | undefined> {
  if (state !== 'cancelled' || apology === undefined || !date.row) return undefined;
  if (mayRun(scope, session, date.row)) return apology;
  const where = { occurrenceId: date.row.id, memberId: scope.member.id, state: { not: 'no' as const } };
  return (await scope.db.rsvp.count({ where })) > 0 ? apology : undefined;
}
