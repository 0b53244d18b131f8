import { UserError } from '../../chat/errors.js';
import { quietAt } from '../checkins/quiet-hours.js';
import { instant } from '../checkins/schedules/kept.js';
import { placeOf } from '../pairing/rhythm.js';
import type { Scope } from '../scope.js';
import { cancel, plan } from '../work/plan.js';
import { REMIND } from './kinds.js';
import { changeSaved } from './mine.js';
import { type Named, reminderAt } from './times.js';

/** Writes a note to oneself, or forgets it. @throws UserError when what was saved is gone */
export const setNote = (scope: Scope, id: string, note: string | undefined): Promise<void> =>
  changeSaved(scope, id, ({ note: _, ...details }) => ({ ...details, ...(note !== undefined && { note }) }));

/**
 * The member is reminded of what they saved, then and only then: another time takes the place of the one before.
 * @returns when it comes, and whether that is in their quiet hours
 * @throws UserError for a time that is over or too far, and when what was saved is gone
 */
export async function setReminder(scope: Scope, id: string, when: Named): Promise<{ at: Date; isQuiet: boolean }> {
  const { db, member, now } = scope;
  const place = await placeOf(db, member.id);
  const at = reminderAt(when, now, place);
  if (at === 'past') throw new UserError('saved.problems.past');
  if (at === 'far') throw new UserError('saved.problems.far');
  await changeSaved(scope, id, async (details, tx) => {
    await plan(tx, { kind: REMIND, subjectId: id }, at);
    return { ...details, remindAt: at.toISOString() };
  });
  return { at, isQuiet: place.quiet !== undefined && quietAt(place.quiet, instant(at), place.zone) !== undefined };
}

/** No reminder after all. Twice is once. @throws UserError when what was saved is gone */
export const cancelReminder = (scope: Scope, id: string): Promise<void> =>
  changeSaved(scope, id, async ({ remindAt: _, ...details }, tx) => {
    await cancel(tx, { kind: REMIND, subjectId: id });
    return details;
  });
