import type { World } from '../scope.js';
import { within } from '../within.js';
import { digestsOf } from './digest.js';
import { eraseMember } from './erase.js';

/** Those that were erased and are in the database: it was put back from an older backup. */
export interface Returned {
  readonly communities: readonly string[];
  readonly members: readonly { readonly id: string; readonly communityId: string }[];
}

/**
 * Who stands in the journal and is in the database. Who came back by themselves is somebody new, with an id of their own, and never among them.
 * @param journal what stands in it, as `digestOf` makes it
 */
export async function returned(
  { prisma, cipher }: Pick<World, 'prisma' | 'cipher'>,
  journal: ReadonlySet<string>,
): Promise<Returned> {
  if (journal.size === 0) return { communities: [], members: [] };
  const stands = (id: string) => digestsOf(cipher, id).some((digest) => journal.has(digest));
  const communities = (await prisma.community.findMany({ select: { id: true } })).map(({ id }) => id).filter(stands);
  const members = await prisma.member.findMany({ select: { id: true, communityId: true } });
  return { communities, members: members.filter(({ id, communityId }) => stands(id) && !communities.includes(communityId)) };
}

/** Erases them anew, as it was done before. Broken off in the middle, it goes on. */
export async function eraseAgain(world: World, { communities, members }: Returned, now: Date): Promise<void> {
  for (const { id, communityId } of members) await eraseMember(within(world, communityId), id, now);
  await world.prisma.community.deleteMany({ where: { id: { in: [...communities] } } });
}
