import { noteReads } from '../../audit/note.js';
import { accountOf } from '../../members/behind.js';
import type { PlatformName } from '../../names.js';
import type { Scope } from '../../scope.js';
import { keptFrom } from './kept-from.js';
import { type Availability, availabilityOf, rosterOf } from './roster.js';

/** Somebody on the roster, as this reader may be told. */
export interface Listed {
  readonly memberId: string;
  /** The platform's id; absent for somebody who has no account on the reader's. */
  readonly account?: string;
  /** ISO 639. */
  readonly languages: readonly string[];
}

/** The roster without anybody's hours. */
export interface Roster {
  readonly availability: Availability;
  /** How many volunteers there are, whether on call or not. */
  readonly count: number;
  /** Those who let themselves be named; all of them for whoever looks after the community. */
  readonly named: readonly Listed[];
}

/** Who is there although they are not named is told that a coordinator saw so. @param platform the reader's */
export async function roster(scope: Scope, platform: PlatformName): Promise<Roster> {
  const { db, member, now, roles } = scope;
  const all = await rosterOf(db, now);
  const apart = await keptFrom(db, member.id, all, now);
  const volunteers = all.filter(({ shifts }) => shifts.length > 0);
  const shown = volunteers.filter(({ isListed, memberId }) => roles.has('coordinator') || (isListed && !apart.has(memberId)));
  const unnamed = shown.filter(({ isListed }) => !isListed).map(({ memberId }) => memberId);
  await noteReads(db, scope, 'roster.read', unnamed);
  const named = await Promise.all(
    shown.map(async ({ memberId, languages }): Promise<Listed> => {
      const account = await accountOf(db, memberId, platform);
      return { memberId, languages, ...(account !== undefined && { account }) };
    }),
  );
  // In no order that tells who was asked last.
  named.sort((a, b) => a.memberId.localeCompare(b.memberId));
  return { availability: availabilityOf(all, { memberId: member.id, apart, now }), count: volunteers.length, named };
}
