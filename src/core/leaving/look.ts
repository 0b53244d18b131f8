import type { TenantDb } from '../../db/tenant.js';
import { nextNight } from '../daily/night.js';
import type { World } from '../scope.js';
import { within } from '../within.js';
import { askedAgain } from './kinds.js';
import { left } from './left.js';
import { isThere } from './there.js';

/** Members at once, and milliseconds until the next ones: a platform has more to do. */
const MOST = 100;
const SOON = 5 * 60_000;

interface Row {
  readonly communityId: string;
}

/** Those who are there as far as we know, and of whom a platform can be asked; who was not asked for longest first. */
function nextMembers(db: TenantDb, world: World, take: number) {
  const platforms = Object.keys(world.memberships ?? {}) as (keyof NonNullable<World['memberships']>)[];
  return db.member.findMany({
    where: { leftAt: null, identities: { some: { platform: { in: platforms } } } },
    orderBy: { thereAt: 'asc' },
    take,
    select: { id: true, thereAt: true, identities: { select: { platform: true, externalId: true } } },
  });
}

/**
 * Asks for those of whom it is a week ago that they were there. Broken off in the middle, it goes on with those whose turn it was.
 * @returns when to look again; null when there is no such community any more
 */
export async function lookWhoIsThere(world: World, { communityId }: Row, now: Date, signal: AbortSignal): Promise<Date | null> {
  const home = within(world, communityId);
  const { db } = home;
  const community = await db.community.findFirst({ select: { zone: true } });
  if (!community) return null;
  const members = (await nextMembers(db, world, MOST)).filter(({ thereAt }) => askedAgain(thereAt) < now);
  for (const { id, identities } of members) {
    signal.throwIfAborted();
    const there = await isThere(world, db, identities, now);
    if (there.is === 'busy') return new Date(now.getTime() + there.after);
    if (there.is === 'gone') await left(home, id, now);
    // Also for those of whom nobody could say it, so that others get their turn.
    else await db.member.updateMany({ where: { id }, data: { thereAt: now } });
  }
  if (members.length === MOST) return new Date(now.getTime() + SOON);
  const [next] = await nextMembers(db, world, 1);
  return nextNight(communityId, community.zone, askedAgain(next?.thereAt ?? now));
}
