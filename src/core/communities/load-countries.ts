import type { World } from '../scope.js';

/** Reads the country of every guild and workspace once, when the process starts. */
export async function loadCountries({ prisma, countries }: World): Promise<void> {
  const spaces = await prisma.space.findMany({
    where: { community: { country: { not: null } } },
    select: { platform: true, externalId: true, community: { select: { country: true } } },
  });
  for (const { platform, externalId, community } of spaces) countries.learn(platform, externalId, community.country ?? undefined);
}
