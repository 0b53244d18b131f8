import type { World } from '../../scope.js';
import { MINUTE } from '../kinds.js';
import { openHush } from './hear.js';
import { turnBack } from './hush.js';

/** Milliseconds until it is tried again. */
const AGAIN = 60 * MINUTE;

/** Turns one microphone back although its session goes on. The row is kept until that is done: without it nobody would. */
export async function giveBack(
  world: World,
  row: { readonly communityId: string; readonly subjectId: string },
  now: Date,
): Promise<{ readonly next: Date | null }> {
  const microphone = await world.prisma.microphone.findUnique({ where: { id: row.subjectId } });
  if (!microphone) return { next: null };
  const hush = await openHush(world, { communityId: row.communityId, subjectId: microphone.liveId }, now);
  const isBack = hush === undefined || (await turnBack(hush, microphone));
  return { next: isBack ? null : new Date(now.getTime() + AGAIN) };
}
