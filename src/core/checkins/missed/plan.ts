import { createHash } from 'node:crypto';
import type { MissedPlan, MissedStep } from '../../../db/generated/client.js';
import type { SealedAt } from '../../../db/sealed.js';
import type { Scope } from '../../scope.js';
import { agreedWith, ME, type Plan } from '../ladder-plan.js';

/** Kinds of work; what they do is in src/notices. */
export const SILENCE = 'checkin.missed';
export const ASKING = 'checkin.asked';

/** The consent that a plan needs: that this recipient is told the agreed words. */
export const FACT = 'checkin.missed';
export const recipientName = (memberId: string) => `member:${memberId}`;

/** Steps that one plan can have. */
export const MOST_STEPS = 4;

/** `me`: the member themselves; `asked`: no answer yet; `declined`: said no, or stepped back later. */
export type Agreed = 'me' | 'asked' | 'accepted' | 'declined';

export interface PlannedStep {
  readonly afterMissed: number;
  readonly waitMinutes: number;
  /** The recipient; undefined: the member themselves. */
  readonly recipientId?: string;
  readonly words: string;
  readonly agreed: Agreed;
}

export const wordsBinding = (stepId: string): SealedAt => `MissedStep.words:${stepId}`;

export type PlanRow = MissedPlan & { steps: MissedStep[] };

type Opener = Pick<Scope['cipher'], 'open'>;

/** The steps of a plan in their order, as the rules of the ladder read them. */
export function ladderPlanOf({ steps }: Pick<PlanRow, 'steps'>, cipher: Opener): Plan {
  return {
    steps: [...steps]
      .sort((a, b) => a.position - b.position)
      .map(({ id, afterMissed, waitMinutes, recipientId, words }) => ({
        afterMissed,
        waitMinutes,
        who: recipientId ?? ME,
        words: cipher.open(words, wordsBinding(id)),
      })),
  };
}

export function agreedOf({ recipientId, acceptedAt, declinedAt }: MissedStep): Agreed {
  if (recipientId === null) return 'me';
  if (declinedAt) return 'declined';
  return acceptedAt ? 'accepted' : 'asked';
}

/** Names exactly what a recipient is asked to agree with, and tells nothing of it: a yes to other words is no yes. */
export const agreementOf = (plan: Plan, recipientId: string): string =>
  createHash('sha256').update(agreedWith(plan, recipientId)).digest('base64url').slice(0, 22);

/** The member's own plan; undefined: there is none, and nobody is told anything. */
export async function planOf({ db, cipher, member }: Scope): Promise<readonly PlannedStep[] | undefined> {
  const row = await db.missedPlan.findFirst({
    where: { memberId: member.id },
    include: { steps: { orderBy: { position: 'asc' } } },
  });
  return row?.steps.map((step) => ({
    afterMissed: step.afterMissed,
    waitMinutes: step.waitMinutes,
    ...(step.recipientId && { recipientId: step.recipientId }),
    words: cipher.open(step.words, wordsBinding(step.id)),
    agreed: agreedOf(step),
  }));
}
