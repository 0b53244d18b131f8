import { tenantDb } from '../../db/tenant.js';
import type { PlatformName } from '../names.js';
import type { Scope, World } from '../scope.js';
import { partsOf } from './parts.js';

/** A member whom the bot turns to of its own accord, and where. */
export interface Recipient {
  /** As if the member acted, without any power: it is enough to look at what is theirs. */
  readonly scope: Scope;
  /** Platform ids. */
  readonly account: { readonly space: string; readonly user: string };
}

/** @returns undefined when the member, their account or the community's place on that platform is gone */
export async function recipientOf(
  world: World,
  { communityId, memberId, platform }: { communityId: string; memberId: string; platform: PlatformName },
  now: Date,
): Promise<Recipient | undefined> {
  const db = tenantDb(world.prisma, communityId);
  const [community, member, identity, space] = await Promise.all([
    db.community.findUnique({ where: { id: communityId } }),
    db.member.findFirst({ where: { id: memberId } }),
    db.identity.findFirst({ where: { memberId, platform }, orderBy: { createdAt: 'asc' } }),
    db.space.findFirst({ where: { platform }, orderBy: { createdAt: 'asc' } }),
  ]);
  if (!community || !member || !identity || !space) return undefined;
  return {
    account: { space: space.externalId, user: identity.externalId },
    scope: {
      db,
      cipher: world.cipher,
      places: world.places,
      ...(world.site && { site: world.site }),
      now,
      ...partsOf(community, member),
      space: { id: space.id, platform, externalId: space.externalId },
      roles: new Set(),
      isAdmin: false,
    },
  };
}
