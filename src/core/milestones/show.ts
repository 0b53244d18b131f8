import type { Scope } from '../scope.js';
import { changeMilestone, type Milestone, milestonesOf } from './mine.js';

/** Whether somebody may see a milestone, if its owner consents to it at all. */
export const isShownTo = ({ shownTo }: Pick<Milestone, 'shownTo'>, memberId: string): boolean => shownTo.includes(memberId);

/** Of the member's milestones, exactly these are for the eyes of this mentor. */
export async function showMilestones(scope: Scope, mentorId: string, ids: readonly string[]): Promise<void> {
  for (const milestone of await milestonesOf(scope)) {
    const isWanted = ids.includes(milestone.id);
    if (isWanted === isShownTo(milestone, mentorId)) continue;
    const others = milestone.shownTo.filter((id) => id !== mentorId);
    await changeMilestone(scope, milestone.id, (details) => ({ ...details, shownTo: isWanted ? [...others, mentorId] : others }));
  }
}
