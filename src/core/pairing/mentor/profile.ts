import { UserError } from '../../../chat/errors.js';
import type { MentorProfile } from '../../../db/generated/client.js';
import type { TenantDb } from '../../../db/tenant.js';
import { dayOf } from '../../../time/local.js';
import type { Scope } from '../../scope.js';
import { type MentorView, mentorView, SHOWN } from '../mentor-view.js';
import { type Lack, lacksOf, STANDING, standingOf } from '../offerable.js';
import { pairingSettings } from '../settings.js';
import { placesTaken } from '../takes.js';
import { stir } from './stir.js';

export const VOLUNTEER = { label: 'mentor.begin', tap: { path: ['mentor', 'volunteer'] } } as const;

/** The community's day at an instant, ISO: dates of credentials are meant in its zone. */
export const dayIn = ({ community }: Pick<Scope, 'community'>, at: Date): string => dayOf(at, community.zone).toString();
export const todayIn = (scope: Pick<Scope, 'now' | 'community'>): string => dayIn(scope, scope.now);

export interface MentorPage {
  readonly profile: MentorProfile;
  readonly view: MentorView;
  readonly taken: number;
  /** What they still lack here to be offered to somebody. */
  readonly lacks: readonly Lack[];
}

/** A member's profile, as they see it themselves; undefined when they have none. */
export async function mentorPage(scope: Scope, memberId: string): Promise<MentorPage | undefined> {
  const { db, cipher } = scope;
  const profile = await db.mentorProfile.findFirst({ where: { memberId }, include: { ...STANDING, ...SHOWN } });
  if (!profile) return undefined;
  const [settings, taken] = await Promise.all([pairingSettings(db), placesTaken(db, memberId)]);
  const today = todayIn(scope);
  const view = mentorView(cipher, profile, today);
  return { profile, view, taken, lacks: lacksOf(settings.minimum, standingOf(profile, view.facts.recovery, today)) };
}

/**
 * The member's own profile, which nobody else changes until the transaction ends. Requests that it may concern are looked at again.
 * @throws UserError when they have none
 */
export async function holdProfile(tx: TenantDb, { member, now }: Pick<Scope, 'member' | 'now'>): Promise<MentorProfile> {
  const found = await tx.mentorProfile.findFirst({ where: { memberId: member.id }, select: { id: true } });
  if (!found) throw new UserError('mentor.none', {}, VOLUNTEER);
  await stir(tx, member.id, now);
  return tx.mentorProfile.update({ where: { id: found.id }, data: { updatedAt: now } });
}
