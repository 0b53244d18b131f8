import { UserError } from '../../chat/errors.js';
import type { Scope } from '../scope.js';
import type { Shown } from './answer.js';
import { answerBinding, questionBinding } from './kinds.js';

export interface ReadAnswer {
  readonly words: string;
  readonly shown: Shown;
  /** The platform's id of who wrote it, where they wanted to be named and have an account on this platform. */
  readonly mention?: string;
}

export interface ReadRound {
  readonly question: string;
  readonly isClosed: boolean;
  readonly answers: readonly ReadAnswer[];
  /** Where the next page begins; undefined at the end. */
  readonly next?: number;
}

const PAGE = 20;

/**
 * The answers of a round: those without a name first, in no order that would say anything, then the others as they came.
 * @param withFacilitators also those that are for facilitators only: the caller must be one
 * @throws UserError when the round is gone
 */
export async function readRound(
  { db, cipher, space }: Scope,
  round: string,
  { withFacilitators, from = 0 }: { withFacilitators: boolean; from?: number },
): Promise<ReadRound> {
  const found = await db.groupRound.findFirst({ where: { id: round }, include: { group: true } });
  if (!found) throw new UserError('group.gone');
  const rows = await db.groupAnswer.findMany({
    where: { roundId: round, ...(!withFacilitators && { shown: { not: 'facilitators' as const } }) },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    skip: from,
    take: PAGE + 1,
  });
  const page = rows.slice(0, PAGE);
  const writers = page.flatMap(({ memberId }) => (memberId ? [memberId] : []));
  const accounts = space
    ? await db.identity.findMany({
        where: { memberId: { in: writers }, platform: space.platform },
        orderBy: { createdAt: 'desc' },
      })
    : [];
  const accountOf = new Map(accounts.map(({ memberId, externalId }) => [memberId, externalId]));
  return {
    question: cipher.open(found.group.question, questionBinding(found.groupId)),
    isClosed: found.closedAt !== null,
    answers: page.map(({ id, body, shown, memberId }) => {
      const mention = memberId ? accountOf.get(memberId) : undefined;
      return { words: cipher.open(body, answerBinding(id)), shown, ...(mention !== undefined && { mention }) };
    }),
    ...(rows.length > PAGE && { next: from + PAGE }),
  };
}
