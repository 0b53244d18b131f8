import { randomUUID } from 'node:crypto';
import type { TenantDb } from '../../../db/tenant.js';
import { meetCaretakers } from '../../members/named.js';
import type { Scope } from '../../scope.js';
import { dateOf, sealCredential } from '../credentials.js';
import { sealFacts } from '../facts.js';
import { mustBeFree } from '../restrict.js';
import { searchColumns } from '../traits.js';
import { askInAMonth, holds } from './confirm.js';
import { type MentorDraft, mentorDraftSchema } from './draft.js';
import { watchExpiry } from './expiry.js';
import { stir } from './stir.js';

/** What is as it was keeps who saw it; what was said anew is another one, which nobody saw yet. */
async function keepCredentials(tx: TenantDb, scope: Scope, profileId: string, credentials: MentorDraft['credentials']) {
  const { cipher, community, now } = scope;
  const kept = await tx.mentorCredential.findMany({ where: { profileId }, select: { id: true } });
  await tx.mentorCredential.deleteMany({ where: { profileId, id: { notIn: credentials.map(({ id }) => id) } } });
  const fresh = credentials.filter(({ id }) => kept.every((one) => one.id !== id));
  for (const { id, code, expiresOn, ...details } of fresh) {
    const row = { id, communityId: community.id, profileId, code, createdAt: now };
    const expiry = expiresOn === undefined ? null : dateOf(expiresOn);
    await tx.mentorCredential.create({ data: { ...row, details: sealCredential(cipher, id, details), expiresOn: expiry } });
    if (expiry) await watchExpiry(tx, id, expiry, scope);
  }
}

/**
 * Saves a member's profile, the one that they have. Who they help already stays with them, also above the new number.
 * @throws UserError while a facilitator keeps them from it
 */
export async function saveMentor(scope: Scope, draft: MentorDraft): Promise<void> {
  const { db, cipher, community, member, now } = scope;
  const { facts, capacity, credentials } = mentorDraftSchema.parse(draft);
  await mustBeFree(scope, 'volunteer');
  // Whoever looks after the community can be told then when this mentor falls silent.
  await meetCaretakers(scope);
  await db.transact(async (tx) => {
    await stir(tx, member.id, now);
    // Two first saves at once: the second waits here and finds the profile of the first.
    await tx.member.update({ where: { id: member.id }, data: { id: member.id } });
    const before = await tx.mentorProfile.findFirst({ where: { memberId: member.id }, select: { id: true } });
    const id = before?.id ?? randomUUID();
    const data = {
      ...{ details: sealFacts(cipher, id, facts), ...searchColumns(cipher, member.id, facts), capacity, endedAt: null },
      ...holds(now),
    };
    if (before) await tx.mentorProfile.update({ where: { id }, data });
    else {
      const reports = await tx.memberReport.count({ where: { reportedId: member.id, state: { in: ['open', 'upheld'] } } });
      const mine = { id, communityId: community.id, memberId: member.id, heldAt: reports > 0 ? now : null };
      await tx.mentorProfile.create({ data: { ...mine, ...data } });
    }
    await keepCredentials(tx, scope, id, credentials);
    await askInAMonth(tx, id, now);
  });
}
