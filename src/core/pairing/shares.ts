import type { Pairing } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import { agreedOf, recipientName } from '../checkins/missed/plan.js';
import { removeRecipient } from '../checkins/missed/remove-recipient.js';
import { stepBack } from '../checkins/missed/step-back.js';
import type { Scope } from '../scope.js';

/** What a mentee can show their mentor, each by itself and only while they are paired. */
export const GIVEN = ['milestones', 'goals', 'mood', 'services'] as const;
export type Given = (typeof GIVEN)[number];

/** Told to the mentor: there is something to look at. The subject is the consent. */
export const SHOWN = 'share.shown';

/** The consent to it. */
export const factOf = (what: Given): `share.${Given}` => `share.${what}`;
const FACTS = GIVEN.map(factOf);

/** How a mentor looked at something that was shown to them, in the audit trail. */
export const LOOKED = 'share.look';

/** How things stand between a mentee and one mentor. */
export interface Shares {
  /** Since when each is shown. */
  readonly since: Readonly<Partial<Record<Given, Date>>>;
  /** Whether the mentor is told in the words of the mentee's plan when they go quiet; undefined: they are not in it. */
  readonly missed?: 'asked' | 'accepted' | 'declined';
  /** How often the mentor looked at what is shown, and when last. */
  readonly looks: { readonly count: number; readonly last?: Date };
}

/** The consents of a member, to one mentor, that hold now. */
export async function givenTo(db: TenantDb, menteeId: string, mentorId: string): Promise<Shares['since']> {
  const where = { memberId: menteeId, fact: { in: FACTS }, recipient: recipientName(mentorId), revokedAt: null };
  const rows = await db.consent.findMany({ where, select: { fact: true, grantedAt: true } });
  const since = GIVEN.flatMap((what) => rows.filter(({ fact }) => fact === factOf(what)).map((row) => [what, row.grantedAt]));
  return Object.fromEntries(since);
}

/** Who sees this of the member now: ids of mentors. */
export async function viewersOf({ db, member }: Pick<Scope, 'db' | 'member'>, what: Given): Promise<ReadonlySet<string>> {
  const where = { memberId: member.id, fact: factOf(what), revokedAt: null };
  const rows = await db.consent.findMany({ where, select: { recipient: true } });
  return new Set(rows.map(({ recipient }) => recipient.slice(recipientName('').length)));
}

type Paired = Pick<Pairing, 'menteeId' | 'mentorId' | 'startedAt'>;

export async function sharesOf(db: TenantDb, { menteeId, mentorId, startedAt }: Paired): Promise<Shares> {
  const [since, step, looks] = await Promise.all([
    givenTo(db, menteeId, mentorId),
    db.missedStep.findFirst({ where: { recipientId: mentorId, plan: { memberId: menteeId } } }),
    db.auditEvent.aggregate({
      where: { aboutId: menteeId, actorId: mentorId, action: LOOKED, ...(startedAt && { at: { gte: startedAt } }) },
      _count: true,
      _max: { at: true },
    }),
  ]);
  const agreed = step ? agreedOf(step) : 'me';
  return {
    since,
    ...(agreed !== 'me' && { missed: agreed }),
    looks: { count: looks._count, ...(looks._max.at && { last: looks._max.at }) },
  };
}

/** The mentor sees nothing of what the mentee shows them any more. */
async function hideAll(tx: TenantDb, menteeId: string, mentorId: string, now: Date): Promise<void> {
  await tx.consent.updateMany({
    where: { memberId: menteeId, fact: { in: FACTS }, recipient: recipientName(mentorId), revokedAt: null },
    data: { revokedAt: now },
  });
}

/** The two are not to be brought together: neither sees anything of the other, or is told anything by the other's plan. */
export async function showNothingMore(tx: TenantDb, [one, other]: readonly [string, string], now: Date): Promise<void> {
  await hideAll(tx, one, other, now);
  await hideAll(tx, other, one, now);
  await stepBack(tx, one, other, now);
  await stepBack(tx, other, one, now);
}

/**
 * A pairing is over: the mentor sees nothing more of the mentee, is told nothing more by their plan, and what they sent is forgotten.
 * What is queued is not sent. Pass the transaction that ends it.
 * @returns whether a plan of the mentee's named the mentor
 */
export async function endShares(tx: TenantDb, menteeId: string, mentorId: string, now: Date): Promise<boolean> {
  await hideAll(tx, menteeId, mentorId, now);
  await tx.sentResource.deleteMany({ where: { fromId: mentorId, toId: menteeId } });
  return removeRecipient(tx, menteeId, mentorId, now);
}
