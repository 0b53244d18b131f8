import type { Prisma } from '../../db/generated/client.js';
import { tenantDb } from '../../db/tenant.js';
import { askSoon } from '../leaving/ask-soon.js';
import type { Scope } from '../scope.js';

/** Reasons of deliveries that did not reach their member and that the member can do something about. */
export const UNREACHED = ['closed', 'forbidden', 'thread-left', 'thread-gone', 'thread-forbidden'] as const;
export type WhyUnreached = (typeof UNREACHED)[number];

const isUnreached = (reason: string | null): reason is WhyUnreached => UNREACHED.some((why) => why === reason);

/** Why the last message to the member did not reach them; undefined when it did, and when there was none. */
export async function whyUnreached({ db, member }: Pick<Scope, 'db' | 'member'>): Promise<WhyUnreached | undefined> {
  const last = await db.delivery.findFirst({
    where: { memberId: member.id, OR: [{ state: 'sent' }, { state: 'dropped', reason: { in: [...UNREACHED] } }] },
    orderBy: { endedAt: 'desc' },
    select: { state: true, reason: true },
  });
  return last?.state === 'dropped' && isUnreached(last.reason) ? last.reason : undefined;
}

/** Notes that a message did not reach its member, so that they are told at the next occasion. Pass the transaction that ends it. */
export async function noteUnreached(
  tx: Prisma.TransactionClient,
  delivery: { readonly communityId: string; readonly memberId?: string },
  reason: string,
  now: Date,
): Promise<void> {
  const { communityId, memberId } = delivery;
  if (memberId === undefined || !isUnreached(reason)) return;
  await tx.member.updateMany({ where: { id: memberId, communityId, unreachedAt: null }, data: { unreachedAt: now } });
  await askSoon(tenantDb(tx, communityId), memberId, now);
}

/** Why something did not reach the member, told once; undefined when there is nothing to tell. */
export async function tellUnreached(scope: Scope): Promise<WhyUnreached | undefined> {
  const { db, member } = scope;
  if (!member.isUnreached) return undefined;
  const { count } = await db.member.updateMany({
    where: { id: member.id, unreachedAt: { not: null } },
    data: { unreachedAt: null },
  });
  return count > 0 ? whyUnreached(scope) : undefined;
}
