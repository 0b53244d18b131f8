import { randomUUID } from 'node:crypto';
import { UserError } from '../../chat/errors.js';
import type { Scope } from '../scope.js';
import { plan } from '../work/plan.js';
import { answerBinding, CARD } from './kinds.js';

export const SHOWN = ['named', 'unnamed', 'facilitators'] as const;
export type Shown = (typeof SHOWN)[number];

/**
 * Adds an answer to a round that is open. One without a name is kept without who wrote it and without when, so that it
 * cannot be changed later, not even by its writer. Any other takes the place of the member's earlier one.
 * @returns whether it took the place of another
 * @throws UserError when the round is closed
 */
export async function answerGroup(scope: Scope, round: string, words: string, shown: Shown): Promise<boolean> {
  const { db, cipher, community, member, now } = scope;
  const id = randomUUID();
  const body = cipher.seal(words, answerBinding(id));
  return db.transact(async (tx) => {
    const found = await tx.groupRound.findFirst({ where: { id: round } });
    if (!found || found.closedAt || found.closesAt <= now) throw new UserError('group.closed');
    const isNamed = shown !== 'unnamed';
    const before = isNamed ? await tx.groupAnswer.deleteMany({ where: { roundId: round, memberId: member.id } }) : { count: 0 };
    const who = { memberId: isNamed ? member.id : null, createdAt: isNamed ? now : found.opensAt };
    await tx.groupAnswer.create({ data: { id, communityId: community.id, roundId: round, shown, body, ...who } });
    await plan(tx, { kind: CARD, subjectId: round }, now);
    return before.count > 0;
  });
}

/** Deletes an answer of the member's own: it is read nowhere any more, and the card counts it no more. Twice is once. */
export async function takeBackAnswer({ db, member, now }: Scope, id: string): Promise<void> {
  await db.transact(async (tx) => {
    const found = await tx.groupAnswer.findFirst({ where: { id, memberId: member.id }, select: { roundId: true } });
    if (!found) return;
    await tx.groupAnswer.deleteMany({ where: { id, memberId: member.id } });
    await plan(tx, { kind: CARD, subjectId: found.roundId }, now);
  });
}
