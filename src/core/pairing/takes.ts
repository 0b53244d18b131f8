import type { MentorProfile } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import { dayOf } from '../../time/local.js';
import { apartFrom } from '../members/apart.js';
import { openFacts } from './facts.js';
import type { Hands } from './hands.js';
import { isOfferable, STANDING, standingOf } from './offerable.js';
import { pairKey, TAKES_PLACE } from './pair.js';
import { refusalKey, refusals } from './refusals.js';
import { pairingSettings } from './settings.js';

/** A separation that holds now. */
export const holds = (now: Date) => ({ OR: [{ until: null }, { until: { gt: now } }] });

/** How many people a mentor is paired with, introductions included. */
export const placesTaken = (tx: TenantDb, mentorId: string): Promise<number> =>
  tx.pairing.count({ where: { mentorId, state: { in: [...TAKES_PLACE] } } });

/** Holds a mentor until the transaction ends: whoever counts their places meanwhile waits. */
export async function holdMentor(tx: TenantDb, mentorId: string, now: Date): Promise<MentorProfile | undefined> {
  const [profile] = await tx.mentorProfile.updateManyAndReturn({ where: { memberId: mentorId }, data: { updatedAt: now } });
  return profile;
}

/**
 * Holds the mentor until the transaction ends and says whether a place is free, one for each open offer kept back: so that
 * nobody is asked by more people than they have places for.
 */
export async function hasPlace(tx: TenantDb, mentorId: string, now: Date): Promise<boolean> {
  const profile = await holdMentor(tx, mentorId, now);
  if (!profile) return false;
  const open = await tx.pairingOffer.count({ where: { mentorId, state: 'open' } });
  return (await placesTaken(tx, mentorId)) + open < profile.capacity;
}

/** Whether something keeps two members from being paired now, or they are, whichever of the two is the mentor. */
async function areApart(tx: TenantDb, [menteeId, mentorId]: readonly [string, string], now: Date): Promise<boolean> {
  if ((await apartFrom(tx, menteeId)).has(mentorId)) return true;
  const separations = await tx.separation.count({ where: { ...pairKey(menteeId, mentorId), ...holds(now) } });
  const eitherWay = {
    OR: [
      { menteeId, mentorId },
      { menteeId: mentorId, mentorId: menteeId },
    ],
  };
  return separations + (await tx.pairing.count({ where: { ...eitherWay, state: { in: [...TAKES_PLACE] } } })) > 0;
}

/** Whether this mentor may be asked by this member now, as far as the community's rules and the two of them go; places aside. */
export async function mayBeAsked(
  { db: tx, cipher }: Hands,
  { memberId }: { readonly memberId: string },
  mentorId: string,
  now: Date,
): Promise<boolean> {
  if (memberId === mentorId) return false;
  const profile = await tx.mentorProfile.findFirst({ where: { memberId: mentorId }, include: STANDING });
  const asker = await tx.member.findFirst({ where: { id: memberId }, select: { ageBand: true, leftAt: true } });
  if (!profile || !asker || asker.leftAt || (await areApart(tx, [memberId, mentorId], now))) return false;
  if ((await refusals(tx, now, memberId)).has(refusalKey(memberId, mentorId))) return false;
  const settings = await pairingSettings(tx);
  const community = await tx.community.findUniqueOrThrow({ where: { id: tx.communityId }, select: { zone: true } });
  const { recovery } = openFacts(cipher, profile);
  const standing = standingOf(profile, recovery, dayOf(now, community.zone).toString());
  return isOfferable(standing, asker, settings, now);
}
