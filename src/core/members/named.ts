import type { Member } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import type { RoleName } from '../names.js';
import type { Scope } from '../scope.js';
import { memberBehind } from './behind.js';

/** Of one community: its handle, or a transaction over all of them. */
type Reader = Pick<TenantDb, 'roleGrant' | 'identity'>;

const grantsOf = (db: Reader, communityId: string, role: RoleName) =>
  db.roleGrant.findMany({
    where: { communityId, role, kind: 'member' },
    select: { externalId: true, space: { select: { platform: true } } },
  });

/** The members who were given a role by name. */
async function membersNamed(db: Reader, communityId: string, role: RoleName): Promise<readonly string[]> {
  const grants = await grantsOf(db, communityId, role);
  if (grants.length === 0) return [];
  const accounts = grants.map(({ externalId, space: { platform } }) => ({ platform, externalId }));
  const found = await db.identity.findMany({ where: { communityId, OR: accounts }, orderBy: { createdAt: 'asc' } });
  return found.map(({ memberId }) => memberId);
}

const DAY = 24 * 3_600_000;
/** Milliseconds for which who was seen to coordinate is taken to do so. */
const SEEN_FOR = 60 * DAY;

/**
 * Who holds a role of a platform is known only while they act: it is written down then, once a day, so that they can be told
 * something later. Who acts without it is written down no more.
 */
export async function noteCoordinator(
  db: Pick<TenantDb, 'member'>,
  { id, coordinatesAt }: Pick<Member, 'id' | 'coordinatesAt'>,
  coordinates: boolean,
  now: Date,
): Promise<void> {
  const isFresh = coordinatesAt !== null && now.getTime() - coordinatesAt.getTime() < DAY;
  if (coordinates ? isFresh : coordinatesAt === null) return;
  await db.member.updateMany({ where: { id }, data: { coordinatesAt: coordinates ? now : null } });
}

/**
 * Those who were named to look after the community, and so can be asked for something at any hour: coordinators; where there are
 * none, facilitators.
 */
export async function caretakers(db: Reader, communityId: string): Promise<readonly string[]> {
  const coordinators = await membersNamed(db, communityId, 'coordinator');
  return [...new Set(coordinators.length > 0 ? coordinators : await membersNamed(db, communityId, 'facilitator'))];
}

/** Those who can be told what only coordinators may know: by name, or seen to coordinate within two months. */
export async function coordinatorsKnown(
  db: Reader & Pick<TenantDb, 'member'>,
  communityId: string,
  now: Date,
): Promise<readonly string[]> {
  const named = await membersNamed(db, communityId, 'coordinator');
  const since = new Date(now.getTime() - SEEN_FOR);
  const seen = await db.member.findMany({ where: { communityId, coordinatesAt: { gt: since } }, orderBy: { createdAt: 'asc' } });
  return [...new Set([...named, ...seen.map(({ id }) => id)])];
}

/** Those who can be told what facilitators may know: by name, or seen to coordinate within two months. */
export async function facilitatorsKnown(
  db: Reader & Pick<TenantDb, 'member'>,
  communityId: string,
  now: Date,
): Promise<readonly string[]> {
  const named = await membersNamed(db, communityId, 'facilitator');
  return [...new Set([...named, ...(await coordinatorsKnown(db, communityId, now))])];
}

/** Makes members of those who were named and never said anything yet, so that they can be told. Not inside a transaction. */
export async function meetCaretakers({ db, community, now }: Pick<Scope, 'db' | 'community' | 'now'>): Promise<void> {
  for (const role of ['coordinator', 'facilitator'] as const)
    for (const { externalId, space } of await grantsOf(db, community.id, role))
      await memberBehind(db, { platform: space.platform, userId: externalId }, now);
}
