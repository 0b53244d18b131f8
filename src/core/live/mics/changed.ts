import type { RoomChange } from '../../../chat/rooms.js';
import type { PlatformName } from '../../names.js';
import type { World } from '../../scope.js';
import { within } from '../../within.js';
import { plan } from '../../work/plan.js';
import { MICS } from '../kinds.js';
import { knownAs } from './who.js';

/** Somebody came, went or had their microphone turned: sessions to which that matters look at once. */
export async function roomsChanged(world: World, platform: PlatformName, change: RoomChange, now: Date): Promise<void> {
  const { space, accounts, rooms } = change;
  const at = { platform, externalId: space };
  const [lives, mics] = await Promise.all([
    world.prisma.liveSession.findMany({
      where: { endedAt: null, isQuiet: true, channelId: { in: [...rooms] }, space: at },
      select: { id: true, communityId: true },
    }),
    world.prisma.microphone.findMany({
      where: { who: { in: accounts.flatMap((account) => knownAs(world.cipher, at, account)) } },
      select: { liveId: true, communityId: true },
    }),
  ]);
  const all = [...lives, ...mics.map(({ liveId: id, communityId }) => ({ id, communityId }))];
  const communityOf = new Map(all.map(({ id, communityId }) => [id, communityId]));
  for (const [live, communityId] of communityOf) await plan(within(world, communityId).db, { kind: MICS, subjectId: live }, now);
}
