import type { Member } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import type { PlatformName } from '../names.js';
import type { World } from '../scope.js';
import { back, left } from './left.js';
import { isThere, type There } from './there.js';

/** Milliseconds for which it is believed what the platform said. */
const BELIEVED = 10 * 60_000;

const unknown: There = { is: 'unknown' };

/**
 * Somebody acts from outside of every guild, as by an old button in a direct message: the platform is asked whether they are still
 * there. Where it cannot say it, what is known holds.
 * @returns the member as they are now
 */
export async function presentOrGone(
  world: World,
  db: TenantDb,
  member: Member,
  platform: PlatformName,
  now: Date,
): Promise<Member> {
  const isFresh = member.leftAt === null && now.getTime() - member.thereAt.getTime() < BELIEVED;
  if (isFresh || !world.memberships?.[platform]) return member;
  const accounts = await db.identity.findMany({ where: { memberId: member.id }, select: { platform: true, externalId: true } });
  const there = await isThere(world, db, accounts, now).catch(() => unknown);
  if (there.is === 'gone') {
    await left({ db, cipher: world.cipher }, member.id, now);
    return { ...member, leftAt: member.leftAt ?? now };
  }
  if (there.is !== 'there') return member;
  await back(db, member.id, now);
  return { ...member, leftAt: null, thereAt: now };
}
