import { UserError } from '../../../chat/errors.js';
import type { TenantDb } from '../../../db/tenant.js';
import type { Act } from '../../audit/acts.js';
import { note } from '../../audit/note.js';
import type { Scope } from '../../scope.js';
import { dateOf } from '../credentials.js';
import { todayIn } from '../mentor/profile.js';
import { lookAtWaiting } from '../work.js';
import { notOneself } from './not-oneself.js';

async function about(
  scope: Scope,
  memberId: string,
  act: Act,
  work: (tx: TenantDb, key: { communityId: string; profileId: string; byId: string }) => Promise<unknown>,
): Promise<void> {
  const { db, community, member, now } = scope;
  notOneself(scope, { memberId });
  await db.transact(async (tx) => {
    await lookAtWaiting(tx, now);
    const profile = await tx.mentorProfile.findFirst({ where: { memberId }, select: { id: true } });
    if (!profile) throw new UserError('verify.noProfile');
    await work(tx, { communityId: community.id, profileId: profile.id, byId: member.id });
    await note(tx, scope, act);
  });
}

/** The member speaks for a mentor, or no longer does. Twice is once. @throws UserError for oneself, and for who has no profile */
export const vouchFor = (scope: Scope, memberId: string, says: boolean): Promise<void> =>
  about(scope, memberId, says ? 'mentor.vouch' : 'mentor.unvouch', async (tx, key) => {
    const vouch = { ...key, kind: 'vouched' as const };
    if (says) await tx.mentorVouch.createMany({ data: [{ ...vouch, createdAt: scope.now }], skipDuplicates: true });
    else await tx.mentorVouch.deleteMany({ where: vouch });
  });

/** "Known to this group since". @param since local date, ISO @throws UserError for a day to come, oneself, and who has no profile */
export async function knownSince(scope: Scope, memberId: string, since: string): Promise<void> {
  if (since > todayIn(scope)) throw new UserError('verify.tooLate');
  await about(scope, memberId, 'mentor.known', (tx, { communityId, profileId, byId }) =>
    tx.mentorVouch.upsert({
      where: { communityId_profileId_byId_kind: { communityId, profileId, byId, kind: 'known' } },
      create: { communityId, profileId, byId, kind: 'known', since: dateOf(since), createdAt: scope.now },
      update: { since: dateOf(since) },
    }),
  );
}
