import type { Occurrence, Session } from '../../db/generated/client.js';
import type { Scope } from '../scope.js';

/**
 * Whether the member may run and alter a session, or one date of it: facilitators, coordinators, and who chairs or co-chairs
 * it. The command that asks must have heard what the member may do here (`asksRoles`, unless its role says so already).
 */
export const mayRun = (
  { member, roles }: Pick<Scope, 'member' | 'roles'>,
  session: Pick<Session, 'chairId' | 'coChairId'>,
  occurrence?: Pick<Occurrence, 'chairId'>,
): boolean =>
  roles.has('facilitator') ||
  roles.has('coordinator') ||
  [session.chairId, session.coChairId, occurrence?.chairId].includes(member.id);
