import { UserError } from '../../../chat/errors.js';
import type { TenantDb } from '../../../db/tenant.js';
import type { Scope } from '../../scope.js';

/** Mentors, facilitators and coordinators may; and whoever is on the roster already may always change what is theirs. */
export async function mayServe({ db, member, roles }: Scope): Promise<boolean> {
  return roles.size > 0 || (await db.oncallVolunteer.count({ where: { memberId: member.id } })) > 0;
}

/**
 * The volunteer that the member is from now on, locked until the transaction ends.
 * @throws UserError when they hold no role for it
 */
export async function serve(tx: TenantDb, scope: Scope): Promise<void> {
  const { community, member } = scope;
  if (!(await mayServe({ ...scope, db: tx }))) throw new UserError('support.oncall.notYet');
  const key = { communityId: community.id, memberId: member.id };
  const spoken = member.language ?? community.language;
  await tx.oncallVolunteer.upsert({
    where: { communityId_memberId: key },
    create: { ...key, languages: [spoken] },
    update: { memberId: member.id },
  });
}
