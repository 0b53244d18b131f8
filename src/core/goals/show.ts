import type { Scope } from '../scope.js';
import { changeItem } from './change.js';
import { type Goal, goalsOf } from './mine.js';

/** Whether somebody may see a goal, if its owner consents to it at all. */
export const isShownTo = ({ shownTo }: Pick<Goal, 'shownTo'>, memberId: string): boolean => shownTo.includes(memberId);

/** Of the member's goals, exactly these are for the eyes of this mentor. Steps go with their goal. */
export async function showGoals(scope: Scope, mentorId: string, ids: readonly string[]): Promise<void> {
  for (const goal of await goalsOf(scope)) {
    const isWanted = ids.includes(goal.id);
    if (isWanted === isShownTo(goal, mentorId)) continue;
    const others = goal.shownTo.filter((id) => id !== mentorId);
    await changeItem(scope, goal.id, {
      goal: (details) => ({ ...details, shownTo: isWanted ? [...others, mentorId] : others }),
      step: (details) => details,
    });
  }
}
