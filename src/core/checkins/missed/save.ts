import { randomUUID } from 'node:crypto';
import { UserError } from '../../../chat/errors.js';
import type { TenantDb } from '../../../db/tenant.js';
import { memberNamed } from '../../members/behind.js';
import type { PlatformName } from '../../names.js';
import type { Scope } from '../../scope.js';
import { plan as planWork } from '../../work/plan.js';
import { agreedWith, ME, NO_PLAN, type Plan, planSchema, recipientsOf } from '../ladder-plan.js';
import { askToHear, heldAsks } from './asks.js';
import { FACT, ladderPlanOf, MOST_STEPS, type PlanRow, recipientName, SILENCE, wordsBinding } from './plan.js';

/** A step as the member wrote it, with the platform's id of who is told; without one: the member themselves. */
export interface StepDraft {
  readonly afterMissed: number;
  readonly waitMinutes: number;
  readonly account?: string;
  readonly words: string;
}

/** @throws UserError when these steps are no plan */
export function checkDraft(steps: readonly StepDraft[], author: string): Plan {
  if (steps.some(({ account }) => account === author)) throw new UserError('plan.errors.yourself');
  const named = steps.map(({ account, ...step }) => ({ ...step, who: account ?? ME }));
  const read = planSchema.safeParse({ steps: named });
  if (!read.success || steps.length > MOST_STEPS) throw new UserError('plan.errors.steps', { most: MOST_STEPS });
  return read.data;
}

interface Answer {
  readonly acceptedAt: Date | null;
  readonly declinedAt: Date | null;
}

const UNASKED: Answer = { acceptedAt: null, declinedAt: null };

/** `asked`: now; `waits`: was asked not long ago and has not answered; the others as they said. */
export type Became = 'asked' | 'waits' | 'accepted' | 'declined';

function becomes({ acceptedAt, declinedAt }: Answer, isHeld: boolean): Became {
  if (declinedAt) return 'declined';
  if (acceptedAt) return 'accepted';
  return isHeld ? 'waits' : 'asked';
}

/**
 * Who is told the same as before need not be asked again, and who said no to it is not asked again, nor to anything else for a time.
 * @param held whom the member does not ask again yet
 */
function answersOf(before: PlanRow | null, old: Plan, plan: Plan, held: Awaited<ReturnType<typeof heldAsks>>) {
  return new Map(
    recipientsOf(plan).map((who): [string, Answer] => {
      const step = before?.steps.find(({ recipientId }) => recipientId === who);
      if (step && agreedWith(old, who) === agreedWith(plan, who)) return [who, step];
      return [who, { acceptedAt: null, declinedAt: held.get(who)?.declinedAt ?? null }];
    }),
  );
}

/** One consent for each recipient who has not said no; those who are in the plan no more are told nothing. */
async function keepConsents(tx: TenantDb, memberId: string, recipients: readonly string[], now: Date): Promise<void> {
  const { communityId } = tx;
  const names = recipients.map(recipientName);
  const live = { memberId, fact: FACT, revokedAt: null };
  await tx.consent.updateMany({ where: { ...live, recipient: { notIn: names } }, data: { revokedAt: now } });
  const kept = await tx.consent.findMany({ where: live, select: { recipient: true } });
  const missing = names.filter((name) => !kept.some(({ recipient }) => recipient === name));
  await tx.consent.createMany({
    data: missing.map((recipient) => ({ communityId, memberId, fact: FACT, recipient, grantedAt: now })),
  });
}

/** @returns what becomes of each recipient */
async function write(tx: TenantDb, { cipher, member, now }: Scope, plan: Plan): Promise<ReadonlyMap<string, Became>> {
  const { communityId } = tx;
  const before = await tx.missedPlan.findFirst({ where: { memberId: member.id }, include: { steps: true } });
  const held = await heldAsks(tx, member.id, now);
  const answers = answersOf(before, before ? ladderPlanOf(before, cipher) : NO_PLAN, plan, held);
  const planId = before?.id ?? randomUUID();
  await tx.missedStep.deleteMany({ where: { planId } });
  if (before) await tx.missedPlan.update({ where: { id: planId }, data: { since: now, taken: [] } });
  else await tx.missedPlan.create({ data: { id: planId, communityId, memberId: member.id, since: now, taken: [] } });

  const rows = plan.steps.map(({ who, words, ...step }, position) => {
    const id = randomUUID();
    const { acceptedAt, declinedAt } = answers.get(who) ?? UNASKED;
    const recipientId = who === ME ? null : who;
    const sealed = cipher.seal(words, wordsBinding(id));
    return { id, communityId, planId, position, ...step, recipientId, words: sealed, acceptedAt, declinedAt };
  });
  await tx.missedStep.createMany({ data: rows });
  await keepConsents(
    tx,
    member.id,
    [...answers].filter(([, { declinedAt }]) => !declinedAt).map(([who]) => who),
    now,
  );
  await planWork(tx, { kind: SILENCE, subjectId: planId }, now);
  const became = new Map([...answers].map(([who, answer]) => [who, becomes(answer, held.has(who))]));
  for (const [who, what] of became) if (what === 'asked') await askToHear(tx, member.id, who, now);
  return became;
}

/**
 * Makes this the member's plan, in place of the one before. Recipients become known to the community, and are asked, but for those who
 * said no or were asked not long ago. Any silence starts anew.
 * @param platform that the accounts are of
 * @returns what becomes of each recipient, by account
 * @throws UserError when these steps are no plan
 */
export async function savePlan(
  scope: Scope,
  steps: readonly StepDraft[],
  author: { readonly platform: PlatformName; readonly userId: string },
): Promise<ReadonlyMap<string, Became>> {
  const drafted = checkDraft(steps, author.userId);
  const ids = new Map<string, string>();
  for (const account of recipientsOf(drafted)) {
    const { id } = await memberNamed(scope, { platform: author.platform, userId: account });
    if (id === scope.member.id) throw new UserError('plan.errors.yourself');
    ids.set(account, id);
  }
  const plan: Plan = { steps: drafted.steps.map((step) => ({ ...step, who: ids.get(step.who) ?? ME })) };
  const became = await scope.db.transact((tx) => write(tx, scope, plan));
  return new Map([...ids].map(([account, id]) => [account, became.get(id) ?? 'asked']));
}
