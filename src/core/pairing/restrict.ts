import { randomUUID } from 'node:crypto';
import { UserError } from '../../chat/errors.js';
import type { RestrictionKind } from '../../db/generated/enums.js';
import type { SealedAt } from '../../db/sealed.js';
import type { TenantDb } from '../../db/tenant.js';
import { note } from '../audit/note.js';
import type { Scope } from '../scope.js';
import { plan } from '../work/plan.js';
import { stir } from './mentor/stir.js';
import { takeBack } from './withdraw.js';
import { RESTRICTED } from './work.js';

/** Characters of why. */
export const MOST_REASON = 500;
/** Milliseconds: longer than that somebody looks at it again. */
export const LONGEST = 366 * 24 * 3_600_000;

export const reasonBinding = (id: string): SealedAt => `Restriction.reason:${id}`;

/** What a facilitator decided. */
export interface Restricting {
  readonly memberId: string;
  /** One or both; either all of it holds or nothing. */
  readonly kinds: readonly RestrictionKind[];
  readonly until: Date;
  readonly reason: string;
}

/** Until when a member cannot do it; undefined: they can. */
export async function restrictedUntil(
  db: Pick<TenantDb, 'restriction'>,
  memberId: string,
  kind: RestrictionKind,
  now: Date,
): Promise<Date | undefined> {
  const row = await db.restriction.findFirst({ where: { memberId, kind, until: { gt: now } }, select: { until: true } });
  return row?.until;
}

/** @throws UserError that says in plain words what is not possible and whom to talk to */
export async function mustBeFree({ db, member, now }: Scope, kind: RestrictionKind): Promise<void> {
  if (await restrictedUntil(db, member.id, kind, now)) throw new UserError(`sponsor.restrict.you.${kind}`);
}

/** An open request ends as if it was taken back: whoever was asked hears only that it is over. The asker is told what it is. */
async function endRequest(
  tx: TenantDb,
  { cipher, now }: Scope,
  { memberId, id }: { memberId: string; id: string },
): Promise<void> {
  const open = await tx.pairingRequest.findFirst({ where: { openFor: memberId }, select: { id: true } });
  if (!open) return;
  await takeBack({ db: tx, cipher }, open.id, now);
  await plan(tx, { kind: RESTRICTED, subjectId: id }, now);
}

/**
 * Keeps a member from asking for somebody, or from volunteering, until that day. Nobody hears of it; who was paired stays so. The
 * same again takes the place of what was there. It is written down that it was done, and not whom it concerns.
 * @throws UserError for oneself, or a day that is past or more than a year away
 */
export async function restrict(scope: Scope, { memberId, kinds, until, reason }: Restricting): Promise<void> {
  const { db, cipher, member, community, now } = scope;
  if (memberId === member.id) throw new UserError('sponsor.restrict.own');
  if (until <= now || until.getTime() - now.getTime() > LONGEST) throw new UserError('sponsor.restrict.when');
  await db.transact(async (tx) => {
    for (const kind of kinds) {
      const id = randomUUID();
      if (kind === 'volunteer') await stir(tx, memberId, now);
      await tx.restriction.deleteMany({ where: { memberId, kind } });
      const row = { id, communityId: community.id, memberId, kind, until, createdAt: now };
      await tx.restriction.create({ data: { ...row, reason: cipher.seal(reason, reasonBinding(id)) } });
      if (kind === 'ask') await endRequest(tx, scope, { memberId, id });
      await note(tx, scope, 'pairing.restrict');
    }
  });
}
