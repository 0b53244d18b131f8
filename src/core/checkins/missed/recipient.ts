import { UserError } from '../../../chat/errors.js';
import { apartFrom } from '../../members/apart.js';
import type { Scope } from '../../scope.js';
import { agreementOf, ladderPlanOf } from './plan.js';
import { stepBack } from './step-back.js';

/** What somebody is asked to pass on, or agreed to hear: the words and who they are from, and nothing else. */
export interface Request {
  readonly planId: string;
  /** The member who wrote it. */
  readonly authorId: string;
  /** In the order in which they may come. */
  readonly words: readonly string[];
  readonly agreement: string;
  readonly isAccepted: boolean;
}

/** The plans of others that name the member of the scope, without those that they said no to and those of whom they are kept apart from. */
export async function requestsTo({ db, cipher, member }: Scope): Promise<Request[]> {
  const apart = [...(await apartFrom(db, member.id))];
  const plans = await db.missedPlan.findMany({
    where: { memberId: { notIn: apart }, steps: { some: { recipientId: member.id, declinedAt: null } } },
    include: { steps: true },
    orderBy: { createdAt: 'asc' },
  });
  return plans.map((row) => {
    const plan = ladderPlanOf(row, cipher);
    return {
      planId: row.id,
      authorId: row.memberId,
      words: plan.steps.filter(({ who }) => who === member.id).map(({ words }) => words),
      agreement: agreementOf(plan, member.id),
      isAccepted: row.steps.every(({ recipientId, acceptedAt }) => recipientId !== member.id || acceptedAt !== null),
    };
  });
}

/**
 * The recipient's own word. A no, or stepping back later, needs no reason and takes effect at once.
 * @param agreement what they were shown when they said it
 * @throws UserError when the plan is gone, or says something else by now
 */
export async function answerRequest(
  scope: Scope,
  planId: string,
  answer: 'yes' | 'no',
  agreement: string | undefined,
): Promise<Request> {
  const request = (await requestsTo(scope)).find((one) => one.planId === planId);
  if (!request) throw new UserError('plan.errors.gone');
  if (answer === 'yes' && request.agreement !== agreement)
    throw new UserError('plan.errors.changed', {}, { label: 'plan.see', tap: { path: ['checkin', 'plan'] } });
  const { db, member, now } = scope;
  await db.transact(async (tx) => {
    if (answer === 'no') return stepBack(tx, request.authorId, member.id, now);
    await tx.missedStep.updateMany({ where: { planId, recipientId: member.id, declinedAt: null }, data: { acceptedAt: now } });
    await tx.missedAsk.deleteMany({ where: { memberId: request.authorId, recipientId: member.id } });
  });
  return request;
}
