import type { Scope } from '../../scope.js';
import { keptFrom } from './kept-from.js';
import { type Availability, availabilityOf, rosterOf } from './roster.js';

export type { Availability } from './roster.js';

/**
 * Whether the member of the scope could talk to somebody now or soon: the temporary contact of whoever waits for a sponsor, and
 * what `/support now` says before anybody is asked. Names nobody; `src/cards/someone-now.ts` puts it into words, with a button.
 */
export async function availability({ db, member, now }: Scope): Promise<Availability> {
  const roster = await rosterOf(db, now);
  return availabilityOf(roster, { memberId: member.id, apart: await keptFrom(db, member.id, roster, now), now });
}
