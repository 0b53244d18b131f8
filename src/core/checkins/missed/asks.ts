import type { MissedAsk } from '../../../db/generated/client.js';
import type { TenantDb } from '../../../db/tenant.js';
import { plan } from '../../work/plan.js';
import { ASKING } from './plan.js';

/** Milliseconds before somebody is asked again to hear the words of the same member, whatever the words: a no is a no, and so is silence. */
export const AGAIN_AFTER = 30 * 24 * 60 * 60_000;

/** The key of the message that asks. */
export const askKey = ({ id, askedAt }: Pick<MissedAsk, 'id' | 'askedAt'>): string => `${ASKING} ${id} ${askedAt.getTime()}`;

/** Asks of before that do not keep the two from another one any more. */
export const isOver = (now: Date) => {
  const before = new Date(now.getTime() - AGAIN_AFTER);
  return { askedAt: { lte: before }, OR: [{ declinedAt: null }, { declinedAt: { lte: before } }] };
};

/**
 * Whom the member asked and does not ask again yet, by recipient: who said no, and who has not answered. Whom the question could not be
 * brought was not asked.
 */
export async function heldAsks(tx: TenantDb, memberId: string, now: Date): Promise<ReadonlyMap<string, MissedAsk>> {
  const rows = await tx.missedAsk.findMany({ where: { memberId, NOT: isOver(now) } });
  const unread = { once: { in: rows.map(askKey) }, state: { in: ['dropped' as const, 'dead' as const] } };
  const vain = new Set((await tx.delivery.findMany({ where: unread, select: { once: true } })).map(({ once }) => once));
  return new Map(rows.filter((row) => row.declinedAt || !vain.has(askKey(row))).map((row) => [row.recipientId, row]));
}

/** Has somebody asked whether they would hear what the member's plan says. Pass the transaction that writes it. */
export async function askToHear(tx: TenantDb, memberId: string, recipientId: string, now: Date): Promise<void> {
  const key = { communityId: tx.communityId, memberId, recipientId };
  const asked = { askedAt: now, declinedAt: null };
  const { id } = await tx.missedAsk.upsert({
    where: { communityId_memberId_recipientId: key },
    create: { ...key, ...asked },
    update: asked,
  });
  await plan(tx, { kind: ASKING, subjectId: id }, now);
}
