import type { World } from '../scope.js';
import { within } from '../within.js';
import { askSoon } from './ask-soon.js';
import { left } from './left.js';
import { type Place, spaceOf } from './removed.js';
import { isThere } from './there.js';

/**
 * The platform tells that somebody was banned there. They are gone at once, unless they are in another place of the community. Of whom
 * we do not know, nothing is kept. Twice is once.
 * @param externalId their account, the platform's id
 */
export async function banned(world: World, place: Place, externalId: string, now: Date): Promise<void> {
  const space = await spaceOf(world, place);
  if (!space) return;
  const home = within(world, space.communityId);
  const member = await home.db.member.findFirst({
    where: { leftAt: null, identities: { some: { platform: place.platform, externalId } } },
    include: { identities: true },
  });
  if (!member) return;
  const there = await isThere(world, home.db, member.identities, now, place.externalId);
  if (there.is === 'gone') await left(home, member.id, now);
  // Another place could not say it now.
  else if (there.is !== 'there') await askSoon(home.db, member.id, now, 0);
}
