import type { RoleName } from '../names.js';

export interface Grant {
  readonly role: RoleName;
  readonly kind: 'role' | 'member';
  /** The platform's id of the role or person. */
  readonly externalId: string;
}

export interface Holder {
  readonly userId: string;
  readonly isAdmin: boolean;
  /** The platform's ids of the roles or user groups that the person holds now. */
  readonly roles: readonly string[];
}

/**
 * Which of our roles somebody has at this moment. Coordinators can do what facilitators can. Whoever administers the guild
 * or workspace is coordinator until the community names its own, be it in another place of it.
 * @param grants those that hold where the person is
 * @param elsewhere those of the community's other places
 */
export function rolesHeld(
  grants: readonly Grant[],
  holder: Holder,
  elsewhere: readonly Pick<Grant, 'role'>[] = [],
): ReadonlySet<RoleName> {
  const carries = ({ kind, externalId }: Grant) =>
    kind === 'member' ? externalId === holder.userId : holder.roles.includes(externalId);
  const held = new Set(grants.filter(carries).map(({ role }) => role));
  if (holder.isAdmin && ![...grants, ...elsewhere].some(({ role }) => role === 'coordinator')) held.add('coordinator');
  if (held.has('coordinator')) held.add('facilitator');
  return held;
}
