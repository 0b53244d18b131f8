import { UserError } from '../../chat/errors.js';
import type { Cipher } from '../../db/cipher.js';
import type { Goal as GoalRow, GoalStep as StepRow } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import type { Scope } from '../scope.js';
import { type GoalDetails, openGoal, openStep, type StepDetails } from './details.js';

export const MOST_GOALS = 12;
export const MOST_STEPS = 12;

export type Step = StepDetails & { readonly id: string };
/** A goal, with its steps in the order in which they were made. */
export type Goal = GoalDetails & { readonly id: string; readonly steps: readonly Step[] };

const inOrder = [{ createdAt: 'asc' as const }, { id: 'asc' as const }];

const openWhole = (cipher: Cipher, row: GoalRow & { steps: StepRow[] }): Goal => ({
  id: row.id,
  ...openGoal(cipher, row),
  steps: row.steps.map((step) => ({ id: step.id, ...openStep(cipher, step) })),
});

/** The member's goals, in the order in which they were made. */
export async function goalsOf({ db, cipher, member }: Pick<Scope, 'db' | 'cipher' | 'member'>): Promise<Goal[]> {
  const rows = await db.goal.findMany({
    where: { memberId: member.id },
    include: { steps: { orderBy: inOrder } },
    orderBy: inOrder,
  });
  return rows.map((row) => openWhole(cipher, row));
}

/** One of the member's goals, or one of their steps. */
export type Item = { readonly goal: Goal; readonly step?: Step };

/** @throws UserError when it is gone or was never theirs */
export async function itemOf(scope: Scope, id: string): Promise<Item> {
  for (const goal of await goalsOf(scope)) {
    if (goal.id === id) return { goal };
    const step = goal.steps.find((one) => one.id === id);
    if (step) return { goal, step };
  }
  throw new UserError('goal.problems.gone');
}

/**
 * Locks the goal that this is, or belongs to: whoever changes a goal or its steps does so one after the other.
 * @throws UserError when it is gone or was never theirs
 */
export async function hold(
  tx: TenantDb,
  { member }: Pick<Scope, 'member'>,
  id: string,
): Promise<{ goalId: string; stepId?: string }> {
  const memberId = member.id;
  const step = await tx.goalStep.findFirst({ where: { id, goal: { memberId } }, select: { goalId: true } });
  const goalId = step?.goalId ?? id;
  const { count } = await tx.goal.updateMany({ where: { id: goalId, memberId }, data: { memberId } });
  if (count === 0) throw new UserError('goal.problems.gone');
  return { goalId, ...(step && { stepId: id }) };
}
