import { randomUUID } from 'node:crypto';
import type { Community, Space } from '../../db/generated/client.js';
import { isUniqueViolation } from '../../db/unique.js';
import { nextNight } from '../daily/night.js';
import { askedAgain, LOOK } from '../leaving/kinds.js';
import type { PlatformName } from '../names.js';
import type { World } from '../scope.js';
import { workRow } from '../work/id.js';

export type FoundSpace = Space & { community: Community };

/** The community of a guild or workspace, made when the first person there says something. Safe when two do at once. */
export async function findOrCreateCommunity(
  world: World,
  platform: PlatformName,
  externalId: string,
  now: Date,
): Promise<FoundSpace> {
  const where = { platform_externalId: { platform, externalId } };
  const find = () => world.prisma.space.findUnique({ where, include: { community: true } });
  const found = await find();
  if (found) return found;
  const id = randomUUID();
  const { communityId: _, ...look } = workRow(
    { kind: LOOK, subjectId: id, communityId: id },
    nextNight(id, 'UTC', askedAgain(now)),
  );
  try {
    return await world.prisma.space.create({
      data: { platform, externalId, community: { create: { id, dueWork: { create: look } } } },
      include: { community: true },
    });
  } catch (error) {
    const other = isUniqueViolation(error) ? await find() : null;
    if (!other) throw error;
    return other;
  }
}
