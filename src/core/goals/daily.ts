import type { Temporal } from 'temporal-polyfill';
import type { Cipher } from '../../db/cipher.js';
import type { Prisma } from '../../db/generated/client.js';
import { type Resealed, reseal } from '../../db/reseal.js';
import { type Look, type Looked, lookDaily } from '../daily/look.js';
import { openGoal, openStep, type StepDetails, sealGoal, sealStep } from './details.js';

/** The kind of the daily look at goals; its subject is the member. */
export const LOOK = 'goals.day';

/** A nudge whose day has come is had today; after a long downtime too, because that is what it was for. */
export function nudged<D extends StepDetails>(details: D, today: Temporal.PlainDate): D {
  const { remind, ...rest } = details;
  if (remind === undefined || details.done !== undefined || remind > today.toString()) return details;
  return { ...rest, reminded: today.toString() } as unknown as D;
}

/** The daily look at the goals and steps of many members. @param tx over all communities */
export async function lookAtGoals(
  looks: readonly Look[],
  tx: Prisma.TransactionClient,
  cipher: Cipher,
  now: Date,
): Promise<ReadonlyMap<string, Looked>> {
  const goals = await tx.goal.findMany({
    where: { memberId: { in: looks.map(({ memberId }) => memberId) } },
    include: { steps: true },
  });
  const written = { Goal: [] as Resealed[], GoalStep: [] as Resealed[] };
  const looked = await lookDaily(LOOK, looks, tx, now, (memberId, today) => {
    const mine = goals.filter((goal) => goal.memberId === memberId);
    if (mine.length === 0) return 'nothing';
    const found = mine.flatMap((goal) => {
      const after = nudged(openGoal(cipher, goal), today);
      const isOpen = after.done === undefined;
      written.Goal.push({ id: goal.id, before: goal.details, after: sealGoal(cipher, goal.id, after) });
      const steps = goal.steps.map((step) => {
        const before = openStep(cipher, step);
        // Of a goal that is done nothing is told; a nudge of one of its steps waits until it is open again.
        const next = isOpen ? nudged(before, today) : before;
        written.GoalStep.push({ id: step.id, before: step.details, after: sealStep(cipher, step.id, next) });
        return next;
      });
      return isOpen ? [after, ...steps] : [];
    });
    return found.some((one) => isFresh(one, today)) ? 'tell' : 'silent';
  });
  await reseal(tx, 'Goal.details', written.Goal);
  await reseal(tx, 'GoalStep.details', written.GoalStep);
  return looked;
}

/** Whether it is still worth a word: they were nudged of it today, and it is open. */
export const isFresh = ({ reminded, done }: StepDetails, today: Temporal.PlainDate): boolean =>
  done === undefined && reminded === today.toString();
