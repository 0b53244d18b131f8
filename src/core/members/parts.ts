import type { Community, Member } from '../../db/generated/client.js';
import type { Scope } from '../scope.js';
import { zoneOf } from './zone.js';

/** What a scope tells of a community and a member, from their rows. */
export const partsOf = (community: Community, member: Member): Pick<Scope, 'community' | 'member'> => ({
  community: {
    id: community.id,
    zone: community.zone,
    language: community.language,
    isSetUp: community.setUpAt !== null,
    ...(community.country && { country: community.country }),
  },
  member: {
    id: member.id,
    zone: zoneOf(member, community),
    isGreeted: member.greetedAt !== null,
    isUnreached: member.unreachedAt !== null,
    isGone: member.leftAt !== null,
    ...(member.language && { language: member.language }),
  },
});
