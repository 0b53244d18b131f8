import type { RoleName } from '../names.js';
import type { Scope } from '../scope.js';

export interface Holders {
  /** Platform ids of people. */
  readonly people: readonly string[];
  /** Platform ids of roles (Discord) or user groups (Slack). */
  readonly groups: readonly string[];
}

/** Who carries a role in this guild or workspace. */
export async function holdersOf({ db, space }: Scope, role: RoleName): Promise<Holders> {
  const grants = space ? await db.roleGrant.findMany({ where: { spaceId: space.id, role } }) : [];
  const ids = (kind: 'member' | 'role') => grants.filter((grant) => grant.kind === kind).map(({ externalId }) => externalId);
  return { people: ids('member'), groups: ids('role') };
}

/** Makes exactly these people and groups carry the role here, from their next tap on. */
export async function grant(
  { db, community, space, member, now }: Scope,
  role: RoleName,
  { people, groups }: Holders,
): Promise<void> {
  if (!space) return;
  const row = (kind: 'member' | 'role') => (externalId: string) => ({
    communityId: community.id,
    spaceId: space.id,
    role,
    kind,
    externalId,
  });
  await db.transact(async (tx) => {
    await tx.roleGrant.deleteMany({ where: { spaceId: space.id, role } });
    await tx.roleGrant.createMany({
      data: [...[...new Set(people)].map(row('member')), ...[...new Set(groups)].map(row('role'))],
    });
    await tx.auditEvent.create({
      data: { communityId: community.id, actorId: member.id, action: `community.roles.${role}`, at: now },
    });
  });
}
