import type { TenantDb } from '../../../db/tenant.js';
import { cancelAll } from '../../work/plan.js';
import { AGAIN } from '../kinds.js';

/** Which prompts: those of a member or a schedule that still wait, and one that may have ended otherwise. */
export interface WhichPrompts {
  readonly memberId: string;
  readonly scheduleId?: string;
  /** This one too, although its time passed or it was put aside. */
  readonly promptId?: string;
}

/** Ends prompts, so that nothing more is sent for them. What is in the queue finds them ended when it is its turn. */
export async function endPrompts(
  tx: TenantDb,
  { memberId, scheduleId, promptId }: WhichPrompts,
  state: 'answered' | 'dropped',
  now: Date,
): Promise<void> {
  const waiting = { state: 'waiting' as const, ...(scheduleId !== undefined && { scheduleId }) };
  const named = { id: promptId ?? '', state: { in: ['waiting', 'skipped', 'missed'] as ('waiting' | 'skipped' | 'missed')[] } };
  const which = promptId === undefined ? waiting : { OR: [waiting, named] };
  const ended = await tx.checkInPrompt.updateManyAndReturn({
    where: { memberId, ...which },
    data: { state, endedAt: now },
    select: { id: true },
  });
  await cancelAll(
    tx,
    ended.map(({ id }) => ({ kind: AGAIN, subjectId: id })),
  );
}
