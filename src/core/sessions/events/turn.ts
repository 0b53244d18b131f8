import { UserError } from '../../../chat/errors.js';
import type { SessionEvent } from '../../../db/generated/client.js';
import { note } from '../../audit/note.js';
import type { Scope } from '../../scope.js';
import { cancel, plan } from '../../work/plan.js';
import { altered } from '../alter.js';
import { MIRROR } from '../work.js';
import { notice, openMirror, wantedBy } from './notice.js';

/** Milliseconds that somebody who asks for something else waits for the calendar at most. */
const PATIENCE = 2_000;

export const eventOf = ({ db }: Pick<Scope, 'db'>, sessionId: string): Promise<SessionEvent | null> =>
  db.sessionEvent.findFirst({ where: { sessionId } });

/** Has the next date of a session shown in the calendar of the guild in which it is said. Twice is once. @throws UserError */
export async function turnOn(scope: Scope, sessionId: string): Promise<void> {
  const { db, community, member, space, now } = scope;
  if (!space) throw new UserError('event.notHere');
  await db.transact(async (tx) => {
    const session = await altered(scope, tx, sessionId);
    if (session.state !== 'active') throw new UserError('session.gone');
    const communityId = community.id;
    const data = [{ communityId, sessionId, spaceId: space.id, byId: member.id, createdAt: now }];
    const { count } = await tx.sessionEvent.createMany({ data, skipDuplicates: true });
    await plan(tx, { kind: MIRROR, subjectId: sessionId }, now);
    if (count > 0) await note(tx, scope, 'event.on');
  });
}

/** Shows it no longer, and changes nothing there. @throws UserError */
export async function forget(scope: Scope, sessionId: string): Promise<void> {
  const { db } = scope;
  await db.transact(async (tx) => {
    await altered(scope, tx, sessionId);
    const { count } = await tx.sessionEvent.deleteMany({ where: { sessionId } });
    await cancel(tx, { kind: MIRROR, subjectId: sessionId });
    if (count > 0) await note(tx, scope, 'event.off');
  });
}

/** Shows it no longer, and takes down what is shown. @returns whether something of it may still be there. @throws UserError */
export async function turnOff(scope: Scope, sessionId: string): Promise<boolean> {
  await altered(scope, scope.db, sessionId);
  const m = await openMirror(scope, sessionId);
  await forget(scope, sessionId);
  const { ref = null, state, endsAt } = m?.event ?? {};
  if (!m || ref === null || state === 'deleted' || (endsAt && endsAt <= scope.now)) return false;
  const removed = await m.calendar.remove(m.guild.externalId, ref);
  return !removed.ok && removed.why !== 'gone';
}

/** Looks again as soon as can be. */
export const lookAgain = ({ db, now }: Scope, sessionId: string): Promise<void> =>
  plan(db, { kind: MIRROR, subjectId: sessionId }, now);

/**
 * Whether somebody changed or deleted the event by hand, found out now if the calendar answers soon enough; else as it was known.
 * @returns undefined when the session is shown nowhere
 */
export async function noticeNow(scope: Scope, sessionId: string): Promise<SessionEvent | undefined> {
  const m = await openMirror(scope, sessionId);
  if (!m) return (await eventOf(scope, sessionId)) ?? undefined;
  const look = async () => {
    const wanted = await wantedBy(m);
    if (wanted && wanted.local === m.event.local) await notice(m, wanted);
  };
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE);
  });
  // The look that is planned anyway says what is wrong with the calendar.
  await Promise.race([look().catch(() => undefined), enough]).finally(() => clearTimeout(timer));
  return (await eventOf(scope, sessionId)) ?? undefined;
}
