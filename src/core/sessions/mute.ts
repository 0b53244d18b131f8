import type { Scope } from '../scope.js';
import { ensureOccurrence } from './ensure.js';
import { type DateName, myRsvp } from './rsvp.js';

export const MUTES = ['date', 'session'] as const;
/** What reminders are turned off for: one date, or all dates of its session. */
export type Mute = (typeof MUTES)[number];

/**
 * Turns reminders off, or all of them on again. Twice is once.
 * @throws UserError when there is no such date
 */
export async function muteReminders(scope: Scope, name: DateName, what: Mute | 'nothing'): Promise<void> {
  const { db, community, member } = scope;
  const { session, date } = await myRsvp(scope, name);
  const mine = { communityId: community.id, memberId: member.id };
  await db.transact(async (tx) => {
    const { id: occurrenceId } = await ensureOccurrence(tx, session, date);
    await tx.rsvp.updateMany({ where: { occurrenceId, memberId: member.id }, data: { isMuted: what === 'date' } });
    const sessionId = session.id;
    if (what === 'session') await tx.sessionMute.createMany({ data: [{ ...mine, sessionId }], skipDuplicates: true });
    if (what === 'nothing') await tx.sessionMute.deleteMany({ where: { sessionId, memberId: member.id } });
  });
}
