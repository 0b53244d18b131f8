import type { PlatformName } from '../names.js';
import type { World } from '../scope.js';
import { within } from '../within.js';
import { cancel, plan } from '../work/plan.js';
import { CLOSE, graceOver } from './kinds.js';

export interface Place {
  readonly platform: PlatformName;
  /** The platform's id. */
  readonly externalId: string;
}

export const spaceOf = (world: World, { platform, externalId }: Place) =>
  world.prisma.space.findUnique({ where: { platform_externalId: { platform, externalId } } });

/** The bot is not in that guild or workspace any more: what was said there is erased after the time of grace. Twice is once. */
export async function removed(world: World, place: Place, now: Date): Promise<void> {
  const space = await spaceOf(world, place);
  if (!space || space.removedAt) return;
  await within(world, space.communityId).db.transact(async (tx) => {
    const { count } = await tx.space.updateMany({ where: { id: space.id, removedAt: null }, data: { removedAt: now } });
    if (count > 0) await plan(tx, { kind: CLOSE, subjectId: space.id }, graceOver(now));
  });
}

/** The bot is there again, in time. */
export async function added(world: World, place: Place): Promise<void> {
  const space = await spaceOf(world, place);
  if (!space?.removedAt) return;
  await within(world, space.communityId).db.transact(async (tx) => {
    await tx.space.updateMany({ where: { id: space.id }, data: { removedAt: null } });
    await cancel(tx, { kind: CLOSE, subjectId: space.id });
  });
}
