import { eraseMember } from '../privacy/erase.js';
import type { World } from '../scope.js';
import { within } from '../within.js';
import { back } from './left.js';
import { isThere } from './there.js';

/** Milliseconds until a platform that could not say it is asked again. */
const WAIT = 24 * 3_600_000;

interface Row {
  readonly communityId: string;
  /** The member. */
  readonly subjectId: string;
}

/**
 * Erases somebody who left, once the time of grace is over and their platform says again that they are not there.
 * @returns when to look again; null when nothing is left to do
 */
export async function forgetWhoLeft(world: World, { communityId, subjectId: memberId }: Row, now: Date): Promise<Date | null> {
  const home = within(world, communityId);
  const { db } = home;
  const member = await db.member.findFirst({ where: { id: memberId }, include: { identities: true } });
  if (!member?.leftAt) return null;
  const there = await isThere(world, db, member.identities, now);
  if (there.is === 'busy') return new Date(now.getTime() + there.after);
  if (there.is === 'unknown') return new Date(now.getTime() + WAIT);
  if (there.is === 'there') await back(db, memberId, now);
  else await eraseMember(home, memberId, now);
  return null;
}
