import { UserError } from '../../../chat/errors.js';
import type { Scope } from '../../scope.js';
import { cancel, cancelAll, plan } from '../../work/plan.js';
import { placesTaken } from '../takes.js';
import { askInAMonth, holds } from './confirm.js';
import { holdProfile } from './profile.js';
import { AWAY, NO_END, RECONFIRM, RESUME } from './work.js';

/**
 * Nobody new is brought to them until then, or until they say otherwise. Whom they help stays with them.
 * @param tell whom they help hears, without why, that they take time for themselves, and is offered somebody else
 * @throws UserError for a time that is over, and when they have no profile
 */
export async function pauseMentor(
  scope: Scope,
  { until, tell }: { readonly until?: Date; readonly tell: boolean },
): Promise<void> {
  const { db, now } = scope;
  if (until && until <= now) throw new UserError('mentor.problems.past');
  await db.transact(async (tx) => {
    const { id, toldAt } = await holdProfile(tx, scope);
    const tellNow = tell && toldAt === null;
    await tx.mentorProfile.update({
      where: { id },
      data: { pausedUntil: until ?? NO_END, askedAt: null, ...(tellNow && { toldAt: now }) },
    });
    if (until) await plan(tx, { kind: RESUME, subjectId: id }, until);
    else await cancel(tx, { kind: RESUME, subjectId: id });
    if (tellNow) await plan(tx, { kind: AWAY, subjectId: id }, now);
  });
}

/** Goes on from now; that also answers whether all of the profile holds. @throws UserError when they have no profile */
export async function resumeMentor(scope: Scope): Promise<void> {
  const { db, now } = scope;
  await db.transact(async (tx) => {
    const { id, toldAt } = await holdProfile(tx, scope);
    await tx.mentorProfile.update({ where: { id }, data: { ...holds(now), pausedUntil: null, endedAt: null, toldAt: null } });
    await cancel(tx, { kind: RESUME, subjectId: id });
    if (toldAt) await plan(tx, { kind: AWAY, subjectId: id }, now);
    await askInAMonth(tx, id, now);
  });
}

/**
 * Offers stop for good. Whom they help stays with them; when that is nobody, all of the profile is erased, unless a coordinator
 * looks into something. Saving a profile begins again. @throws UserError when they have none
 */
export async function stopMentor(scope: Scope): Promise<void> {
  const { db, member, now } = scope;
  await db.transact(async (tx) => {
    const { id, heldAt } = await holdProfile(tx, scope);
    await cancelAll(
      tx,
      [RECONFIRM, RESUME, AWAY].map((kind) => ({ kind, subjectId: id })),
    );
    if (heldAt === null && (await placesTaken(tx, member.id)) === 0) await tx.mentorProfile.delete({ where: { id } });
    else await tx.mentorProfile.update({ where: { id }, data: { endedAt: now, askedAt: null } });
  });
}
