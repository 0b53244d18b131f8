import { UserError } from '../../../chat/errors.js';
import type { TenantDb } from '../../../db/tenant.js';
import type { Scope } from '../../scope.js';

/** @throws UserError when it was not said in a guild or workspace */
export function placeOf({ space }: Pick<Scope, 'space'>): NonNullable<Scope['space']> {
  if (!space) throw new UserError('link.inSpace');
  return space;
}

/**
 * @param db the community's handle, or a transaction over all of them
 * @throws UserError when the guild or workspace is one of two in a community, also since just now
 */
export async function mustBeAlone(db: Pick<TenantDb, 'space'>, scope: Pick<Scope, 'space'>): Promise<void> {
  const here = await db.space.findUnique({ where: { id: placeOf(scope).id } });
  if (!here || (await db.space.count({ where: { communityId: here.communityId } })) > 1) throw new UserError('link.already');
}
