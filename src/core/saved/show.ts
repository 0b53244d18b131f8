import type { Scope } from '../scope.js';
import type { SavedDetails } from './details.js';
import { changeSaved, keptOf } from './mine.js';

/** Whether somebody may see it, if its owner consents to it at all. */
export const isShownTo = ({ shownTo }: Pick<SavedDetails, 'shownTo'>, memberId: string): boolean => shownTo.includes(memberId);

/** Of what the member saved, exactly these are for the eyes of this mentor. @returns whether one of them was not before */
export async function showSaved(scope: Scope, mentorId: string, ids: readonly string[]): Promise<boolean> {
  let isMore = false;
  for (const one of await keptOf(scope)) {
    const isWanted = ids.includes(one.id);
    if (isWanted === isShownTo(one, mentorId)) continue;
    isMore ||= isWanted;
    const others = one.shownTo.filter((id) => id !== mentorId);
    await changeSaved(scope, one.id, (details) => ({ ...details, shownTo: isWanted ? [...others, mentorId] : others }));
  }
  return isMore;
}
