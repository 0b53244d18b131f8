import type { TenantDb } from '../../db/tenant.js';
import { digestOf } from '../privacy/digest.js';
import { eraseMember } from '../privacy/erase.js';
import type { World } from '../scope.js';
import { within } from '../within.js';
import { added } from './removed.js';

/** Milliseconds until the platform is asked again. */
const WAIT = 60 * 60_000;

interface Row {
  readonly communityId: string;
  readonly subjectId: string;
}

type Space = NonNullable<Awaited<ReturnType<TenantDb['space']['findFirst']>>>;

const membersOf = (db: TenantDb, { platform }: Space) =>
  db.member.findMany({ where: { identities: { some: { platform } } }, select: { id: true, identities: true } });

/** Whether the platform itself says that the bot is there again; it may have come back while we were not told. */
async function botIs(world: World, db: TenantDb, space: Space): Promise<'there' | 'away' | 'busy'> {
  const known = await db.identity.findFirst({ where: { platform: space.platform } });
  const membership = world.memberships?.[space.platform];
  if (!known || !membership) return 'away';
  const said = await membership.isMember(space.externalId, known.externalId);
  if (said.ok) return 'there';
  return said.why === 'busy' ? 'busy' : 'away';
}

/**
 * Erases what was said in a guild or workspace that the bot was removed from, once the time of grace is over: with the community,
 * or where that lives on in another place, with the members who were here. Broken off in the middle, it goes on.
 * @returns when to look again; null when nothing is left to do
 */
export async function closePlace(world: World, { communityId, subjectId }: Row, now: Date): Promise<Date | null> {
  const home = within(world, communityId);
  const { db } = home;
  const space = await db.space.findFirst({ where: { id: subjectId } });
  if (!space?.removedAt) return null;
  const bot = await botIs(world, db, space);
  if (bot === 'busy') return new Date(now.getTime() + WAIT);
  if (bot === 'there') {
    await added(world, space);
    return null;
  }
  if ((await db.space.count()) === 1) {
    await world.erasures?.note([digestOf(world.cipher, communityId)], now);
    await world.prisma.community.deleteMany({ where: { id: communityId } });
    return null;
  }
  for (const { id } of await membersOf(db, space)) await eraseMember(home, id, now);
  await db.space.deleteMany({ where: { id: space.id } });
  return null;
}
