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

/**
 * The members who were given a role by name. Who holds it through a role of a platform is known only while they act: those cannot be
 * told anything of the bot's own accord.
 */
export async function membersNamed(db: Reader, communityId: string, role: RoleName): Promise<readonly string[]> {
  const grants = await grantsOf(db, communityId, role);
  if (grants.length === 0) return [];
  const accounts = grants.map(({ externalId, space: { platform } }) => ({ platform, externalId }));
  const found = await db.identity.findMany({ where: { communityId, OR: accounts }, orderBy: { createdAt: 'asc' } });
  return [...new Set(found.map(({ memberId }) => memberId))];
}

/** Those who look after the community and can be told something: coordinators by name; where there are none, facilitators. */
export async function caretakers(db: Reader, communityId: string): Promise<readonly string[]> {
  const coordinators = await membersNamed(db, communityId, 'coordinator');
  return coordinators.length > 0 ? coordinators : membersNamed(db, communityId, 'facilitator');
}

/** Makes members of those who were named and never said anything yet, so that they can be told. Not inside a transaction. */
export async function meetCaretakers({ db, community }: Pick<Scope, 'db' | 'community'>): Promise<void> {
  for (const role of ['coordinator', 'facilitator'] as const)
    for (const { externalId, space } of await grantsOf(db, community.id, role))
      await memberBehind(db, { platform: space.platform, userId: externalId });
}
