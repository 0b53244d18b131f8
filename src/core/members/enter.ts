import { UserError } from '../../chat/errors.js';
import type { Community } from '../../db/generated/client.js';
import { tenantDb } from '../../db/tenant.js';
import { type FoundSpace, findOrCreateCommunity } from '../communities/find-or-create.js';
import { back } from '../leaving/left.js';
import { presentOrGone } from '../leaving/present.js';
import { added } from '../leaving/removed.js';
import { isThere } from '../leaving/there.js';
import type { PlatformName } from '../names.js';
import type { Scope, World } from '../scope.js';
import { memberBehind } from './behind.js';
import { noteCoordinator } from './named.js';
import { partsOf } from './parts.js';
import { rolesHeld } from './roles.js';
import { keepUp } from './told.js';

/** Somebody, as the platform knows them. */
export interface Caller {
  readonly platform: PlatformName;
  readonly userId: string;
  /** IANA, where the platform tells it. */
  readonly zone?: string;
  /** BCP 47, where the platform tells it. */
  readonly locale?: string;
  readonly space?: { readonly id: string };
  /** The community that a pressed button belongs to. */
  readonly community?: string;
  /** Asked only when the answer matters. */
  standing?(): Promise<{ readonly admin: boolean; readonly roles: readonly string[] }>;
}

/** In a direct message there is no guild: the community is the one that the person is known in. */
async function placeOf(world: World, caller: Caller, now: Date): Promise<{ community: Community; space?: FoundSpace }> {
  if (caller.space) {
    const space = await findOrCreateCommunity(world, caller.platform, caller.space.id, now);
    if (space.removedAt) await added(world, space);
    return { community: space.community, space };
  }
  const { platform, userId: externalId } = caller;
  const known = await world.prisma.identity.findMany({
    where: { platform, externalId, ...(caller.community && { communityId: caller.community }) },
    include: { community: true, member: { select: { greetedAt: true } } },
  });
  // Where they were only named by somebody else they never were, to themselves.
  const own = known.filter(({ member }) => member.greetedAt !== null);
  const [only, other] = own.length > 0 ? own : known;
  if (other) throw new UserError('chat.errors.whichCommunity');
  if (!only) throw new UserError('chat.errors.noCommunity');
  return { community: only.community };
}

/**
 * Opens the door: finds or makes the community and the member, keeps up with what the platform tells of them, and finds out
 * what they may do at this moment.
 * @throws UserError when a direct message does not tell which community is meant
 */
export async function enter(world: World, caller: Caller, now: Date): Promise<Scope> {
  const { community, space } = await placeOf(world, caller, now);
  const db = tenantDb(world.prisma, community.id);
  const met = await keepUp(db, await memberBehind(db, caller, now), caller, now);
  const member = space ? { ...met, leftAt: null } : await presentOrGone(world, db, met, caller.platform, now);
  if (space && met.leftAt) await back(db, met.id, now);
  const [grants, standing] = await Promise.all([
    db.roleGrant.findMany({ include: { space: { select: { platform: true } } } }),
    caller.standing?.() ?? { admin: false, roles: [] },
  ]);
  const holdsHere = (grant: (typeof grants)[number]) =>
    space ? grant.spaceId === space.id : grant.space.platform === caller.platform;
  const holder = { userId: caller.userId, isAdmin: standing.admin && space !== undefined, roles: standing.roles };
  const elsewhere = grants.filter((grant) => !holdsHere(grant));
  if (space) world.places.learn(caller.platform, space.externalId, community);
  const roles = rolesHeld(grants.filter(holdsHere), holder, elsewhere);
  const isHere = async (externalId: string) => {
    const there = await isThere(world, db, [{ platform: caller.platform, externalId }], now).catch(() => undefined);
    return there?.is !== 'gone';
  };
  if (space && caller.standing) await noteCoordinator(db, member, roles.has('coordinator'), now);
  return {
    db,
    cipher: world.cipher,
    places: world.places,
    ...(world.site && { site: world.site }),
    ...(world.calendars && { calendars: world.calendars }),
    ...(world.forgetters && { forgetters: world.forgetters }),
    ...(world.erasures && { erasures: world.erasures }),
    ...(world.memberships?.[caller.platform] && { isHere }),
    now,
    ...partsOf(community, member),
    ...(space && { space: { id: space.id, platform: caller.platform, externalId: space.externalId } }),
    roles,
    isAdmin: standing.admin,
  };
}
