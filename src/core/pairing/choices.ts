import { dayOf } from '../../time/local.js';
import type { Scope } from '../scope.js';
import type { RequestDraft } from './draft.js';
import { type MentorView, mentorView, SHOWN } from './mentor-view.js';
import type { Suggestion } from './rank.js';
import { suggest } from './suggest.js';
import { sealWishes } from './wishes.js';

/** How many an asker may choose from. */
export const MOST_CHOICES = 5;

/** Somebody who may be asked, as the asker is shown them: without name or picture. */
export interface MentorChoice {
  readonly suggestion: Suggestion;
  readonly view: MentorView;
}

/** Whom somebody who asks may choose from now, the best first. Nothing is saved. */
export async function choicesFor(
  { db, cipher, member, community, now }: Scope,
  { id, wishes }: RequestDraft,
): Promise<MentorChoice[]> {
  const request = { id, memberId: member.id, details: sealWishes(cipher, id, wishes) };
  const best = await suggest({ db, cipher }, request, now, MOST_CHOICES);
  const profiles = await db.mentorProfile.findMany({
    where: { memberId: { in: best.map(({ mentorId }) => mentorId) } },
    include: SHOWN,
  });
  const today = dayOf(now, community.zone).toString();
  return best.flatMap((suggestion): MentorChoice[] => {
    const profile = profiles.find(({ memberId }) => memberId === suggestion.mentorId);
    return profile ? [{ suggestion, view: mentorView(cipher, profile, today) }] : [];
  });
}
