import { randomUUID } from 'node:crypto';
import { UserError } from '../../chat/errors.js';
import type { TenantDb } from '../../db/tenant.js';
import type { Scope } from '../scope.js';
import { plan } from '../work/plan.js';
import { act } from './act.js';
import { CARD } from './kinds.js';

/** Where a hand stands. `ahead` 0: next. */
export type Standing =
  | { readonly state: 'waiting'; readonly ahead: number; readonly isNew: boolean; readonly asksNew: boolean }
  | { readonly state: 'sharing'; readonly until: Date };

interface Rule {
  readonly id: string;
  readonly newcomersFirst: boolean;
}

/** @returns undefined when the member's hand is not up */
export async function standing(
  db: TenantDb,
  { id: liveId, newcomersFirst }: Rule,
  memberId: string,
): Promise<Standing | undefined> {
  const hand = await db.hand.findFirst({ where: { liveId, memberId } });
  if (!hand) return undefined;
  if (hand.until) return { state: 'sharing', until: hand.until };
  const earlier = { order: { lt: hand.order } };
  const before = !newcomersFirst ? earlier : hand.isNew ? { ...earlier, isNew: true } : { OR: [{ isNew: true }, earlier] };
  const ahead = await db.hand.count({ where: { liveId, since: null, NOT: { id: hand.id }, ...before } });
  return { state: 'waiting', ahead, isNew: hand.isNew, asksNew: newcomersFirst && !hand.isNew };
}

/**
 * Raises the member's hand. The place in line is decided by the database at the one insert, whichever platform the tap came
 * from; a hand that is up stays where it is. Single statements, so that many at once do not wait for each other.
 * @throws UserError when the session is over or takes no hands
 */
export async function raise(scope: Scope, live: string): Promise<Standing> {
  const { db, community, member, now } = scope;
  const row = await db.liveSession.findFirst({ where: { id: live } });
  if (!row || row.endedAt) throw new UserError('live.refused.over');
  const known = await standing(db, row, member.id);
  if (!known) {
    if (row.isClosed) throw new UserError('live.refused.closed');
    if (row.isMuted) throw new UserError('live.refused.muted');
    await db.hand.upsert({
      where: { communityId_liveId_memberId: { communityId: community.id, liveId: live, memberId: member.id } },
      create: { id: randomUUID(), communityId: community.id, liveId: live, memberId: member.id },
      update: {},
    });
  }
  await plan(db, { kind: CARD, subjectId: live }, now);
  if (row.chairId === null) await act(scope, live, { kind: 'flow' });
  const stands = await standing(db, row, member.id);
  if (!stands) throw new UserError('live.refused.over');
  return stands;
}

/** The member says that they are new here; where the group puts them first, they are. */
export async function sayNew(scope: Scope, live: string): Promise<Standing> {
  const { db, member, now } = scope;
  await db.hand.updateMany({ where: { liveId: live, memberId: member.id }, data: { isNew: true } });
  await plan(db, { kind: CARD, subjectId: live }, now);
  return raise(scope, live);
}
