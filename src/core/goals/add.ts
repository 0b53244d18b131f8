import type { Temporal } from 'temporal-polyfill';
import { UserError } from '../../chat/errors.js';
import { idOfAttempt } from '../attempt.js';
import { planLook } from '../daily/look.js';
import { todayOf } from '../members/day.js';
import type { Scope } from '../scope.js';
import { LOOK } from './daily.js';
import { type Area, type GoalDetails, type StepDetails, sealGoal, sealStep } from './details.js';
import { hold, MOST_GOALS, MOST_STEPS } from './mine.js';

/** A step, or a goal, as the member says it. Days are where they are. */
export interface Wanted {
  readonly words: string;
  readonly by?: Temporal.PlainDate | undefined;
  /** When they want a nudge: after today, because the look of today may be over. */
  readonly remind?: Temporal.PlainDate | undefined;
}

/**
 * What is kept of it.
 * @param before what was kept so far: what was a date then may be one of the past by now
 * @throws UserError for a day that is over
 */
export function detailsOf(scope: Scope, { words, by, remind }: Wanted, before?: StepDetails): StepDetails {
  const today = todayOf(scope).toString();
  const [due, nudge] = [by?.toString(), remind?.toString()];
  if (due !== undefined && due < today && due !== before?.by) throw new UserError('goal.problems.past');
  if (nudge !== undefined && nudge <= today && nudge !== before?.remind) throw new UserError('goal.problems.remindPast');
  return {
    words,
    ...(due !== undefined && { by: due }),
    ...(nudge !== undefined && { remind: nudge }),
    ...(before?.done !== undefined && { done: before.done }),
  };
}

/** Keeps a goal, sealed. @param attempt the same one again keeps it once @returns its id @throws UserError */
export async function addGoal(
  scope: Scope,
  wanted: Wanted & { readonly area?: Area | undefined },
  attempt: string,
): Promise<string> {
  const { db, cipher, community, member } = scope;
  const id = idOfAttempt(member.id, attempt);
  const details: GoalDetails = { ...detailsOf(scope, wanted), shownTo: [], ...(wanted.area && { area: wanted.area }) };
  const row = { id, communityId: community.id, memberId: member.id, details: sealGoal(cipher, id, details) };
  await db.transact(async (tx) => {
    const { count } = await tx.goal.createMany({ data: [row], skipDuplicates: true });
    const kept = await tx.goal.count({ where: { memberId: member.id } });
    if (kept > MOST_GOALS) throw new UserError('goal.problems.tooMany', { most: MOST_GOALS });
    if (count === 1 && kept === 1) await planLook(tx, LOOK, scope);
  });
  return id;
}

/** Adds a step to a goal. @param attempt the same one again adds it once @throws UserError */
export async function addStep(scope: Scope, goal: string, wanted: Wanted, attempt: string): Promise<void> {
  const { db, cipher, community, member } = scope;
  const id = idOfAttempt(member.id, attempt);
  const details = sealStep(cipher, id, detailsOf(scope, wanted));
  await db.transact(async (tx) => {
    const { goalId } = await hold(tx, scope, goal);
    await tx.goalStep.createMany({ data: [{ id, communityId: community.id, goalId, details }], skipDuplicates: true });
    const kept = await tx.goalStep.count({ where: { goalId } });
    if (kept > MOST_STEPS) throw new UserError('goal.problems.tooManySteps', { most: MOST_STEPS });
  });
}
