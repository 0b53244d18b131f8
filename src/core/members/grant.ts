import type { TenantDb } from '../../db/tenant.js';
import { note } from '../audit/note.js';
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

const KINDS = { people: 'member', groups: 'role' } as const;

/**
 * Makes exactly these carry the role in a guild or workspace; what is left out of `holders` stays. Where somebody may coordinate no
 * more by it, who was seen to do so is told of nothing until they are seen again. Pass the transaction that it is part of. Whoever
 * does so at the same time waits, because the row of the space is locked.
 */
export async function replaceHolders(
  tx: TenantDb,
  { id: spaceId, externalId: place }: NonNullable<Scope['space']>,
  role: RoleName,
  holders: Partial<Holders>,
): Promise<void> {
  await tx.space.update({ where: { id: spaceId }, data: { externalId: place } });
  const before = await tx.roleGrant.findMany({ where: { spaceId, role }, select: { kind: true, externalId: true } });
  const stays = ({ kind, externalId }: (typeof before)[number]) =>
    (kind === 'member' ? holders.people : holders.groups)?.includes(externalId) ?? true;
  // Until the first are named it is whoever administers the place.
  if (role === 'coordinator' && (before.length === 0 || !before.every(stays)))
    await tx.member.updateMany({ where: { coordinatesAt: { not: null } }, data: { coordinatesAt: null } });
  for (const [name, kind] of Object.entries(KINDS) as [keyof Holders, (typeof KINDS)[keyof Holders]][]) {
    const ids = holders[name];
    if (!ids) continue;
    await tx.roleGrant.deleteMany({ where: { spaceId, role, kind } });
    const data = [...new Set(ids)].map((externalId) => ({ communityId: tx.communityId, spaceId, role, kind, externalId }));
    await tx.roleGrant.createMany({ data });
  }
}

/** Makes exactly these people and groups carry the role here, from their next tap on. */
export async function grant(scope: Scope, role: RoleName, holders: Holders): Promise<void> {
  const { db, space } = scope;
  if (!space) return;
  await db.transact(async (tx) => {
    await replaceHolders(tx, space, role, holders);
    await note(tx, scope, `community.roles.${role}`);
  });
}
