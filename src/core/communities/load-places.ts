import type { World } from '../scope.js';

/** Reads the country and language of every guild and workspace once, when the process starts. */
export async function loadPlaces({ prisma, places }: World): Promise<void> {
  const spaces = await prisma.space.findMany({
    select: { platform: true, externalId: true, community: { select: { id: true, country: true, language: true } } },
  });
  for (const { platform, externalId, community } of spaces) places.learn(platform, externalId, community);
}
