import { UserError } from '../../../chat/errors.js';
import type { Prisma } from '../../../db/generated/client.js';
import type { TenantDb } from '../../../db/tenant.js';
import type { Scope } from '../../scope.js';
import { plan } from '../../work/plan.js';
import { LOOK } from './kinds.js';

export type OpenRequest = Prisma.SupportRequestGetPayload<{ include: { asks: true } }>;

/**
 * Has one request looked after within a second. Until the transaction ends, nobody else changes anything of it, on any process: so call
 * it before what you read of it decides what you write.
 * @returns undefined when it is gone
 */
export async function hold(tx: TenantDb, requestId: string, now: Date): Promise<OpenRequest | undefined> {
  await plan(tx, { kind: LOOK, subjectId: requestId }, now);
  return (await tx.supportRequest.findFirst({ where: { id: requestId }, include: { asks: true } })) ?? undefined;
}

/** The member's own request, held. @throws UserError when it is over, or not theirs */
export async function holdMine(tx: TenantDb, { member, now }: Scope, requestId: string): Promise<OpenRequest> {
  const isMine = await tx.supportRequest.count({ where: { id: requestId, openFor: member.id } });
  const row = isMine > 0 ? await hold(tx, requestId, now) : undefined;
  if (!row || row.endedAt) throw new UserError('support.gone', {}, { label: 'support.again', tap: { path: ['support', 'now'] } });
  return row;
}

/** Ends it, once. Held before. */
export async function endRequest(tx: TenantDb, id: string, ended: 'spoken' | 'withdrawn', now: Date): Promise<void> {
  await tx.supportRequest.updateMany({ where: { id, endedAt: null }, data: { ended, endedAt: now, openFor: null } });
}
