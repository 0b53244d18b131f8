import { UserError } from '../../chat/errors.js';
import { stopLooking } from '../daily/look.js';
import { todayOf } from '../members/day.js';
import type { Scope } from '../scope.js';
import { detailsOf, type Wanted } from './add.js';
import { LOOK } from './daily.js';
import { type Area, type GoalDetails, openGoal, openStep, type StepDetails, sealGoal, sealStep } from './details.js';
import { hold } from './mine.js';

/** Changes one of the member's goals or steps as a whole. @throws UserError when it is gone, and what `change` throws */
export async function changeItem(
  { db, cipher, member }: Scope,
  id: string,
  change: { goal(details: GoalDetails): GoalDetails; step(details: StepDetails): StepDetails },
): Promise<void> {
  await db.transact(async (tx) => {
    const { stepId } = await hold(tx, { member }, id);
    if (stepId === undefined) {
      const row = await tx.goal.findUniqueOrThrow({ where: { id } });
      await tx.goal.update({ where: { id }, data: { details: sealGoal(cipher, id, change.goal(openGoal(cipher, row))) } });
      return;
    }
    const row = await tx.goalStep.findUniqueOrThrow({ where: { id } });
    await tx.goalStep.update({ where: { id }, data: { details: sealStep(cipher, id, change.step(openStep(cipher, row))) } });
  });
}

/** Says a goal or a step anew; a date that is left out is forgotten. @throws UserError */
export const correctItem = (scope: Scope, id: string, wanted: Wanted & { readonly area?: Area | undefined }): Promise<void> =>
  changeItem(scope, id, {
    goal: (before) => ({
      ...detailsOf(scope, wanted, before),
      shownTo: before.shownTo,
      ...(wanted.area && { area: wanted.area }),
    }),
    step: (before) => detailsOf(scope, wanted, before),
  });

/** It is done, or it is open again. Twice is once. @throws UserError when it is gone */
export function setDone(scope: Scope, id: string, isDone: boolean): Promise<void> {
  const today = todayOf(scope).toString();
  const set = <D extends StepDetails>({ done, ...details }: D) =>
    (isDone ? { ...details, done: done ?? today } : details) as unknown as D;
  return changeItem(scope, id, { goal: set, step: set });
}

/** Forgets a goal with its steps, or one step. @throws UserError when it is gone or was never theirs */
export async function removeItem({ db, member }: Scope, id: string): Promise<void> {
  await db.transact(async (tx) => {
    const { stepId } = await hold(tx, { member }, id);
    if (stepId !== undefined) {
      await tx.goalStep.delete({ where: { id } });
      return;
    }
    const { count } = await tx.goal.deleteMany({ where: { id } });
    if (count === 0) throw new UserError('goal.problems.gone');
    if ((await tx.goal.count({ where: { memberId: member.id } })) === 0) await stopLooking(tx, LOOK, member.id);
  });
}
