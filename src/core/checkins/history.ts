import type { Scope } from '../scope.js';
import { type Answers, answersBinding, answersSchema } from './answers.js';

export interface PastCheckIn {
  readonly at: Date;
  /** IANA: where the member was then. */
  readonly zone: string;
  /** Name of a built-in template, or the id of an own one. */
  readonly template: string;
  readonly answers: Answers;
}

export interface HistoryPage {
  /** Newest first. */
  readonly checkIns: readonly PastCheckIn[];
  /** Where the next page begins; undefined at the end. */
  readonly next?: string;
}

const PAGE = 7;

/**
 * The member's own check-ins.
 * @param since leaves out what is older
 * @param after `next` of the page before
 */
export async function checkInHistory(
  { db, cipher, member }: Scope,
  { since, after }: { since?: Date; after?: string } = {},
): Promise<HistoryPage> {
  const cursor = after
    ? await db.checkIn.findFirst({ where: { id: after, memberId: member.id }, select: { id: true, at: true } })
    : null;
  const older = cursor && { OR: [{ at: { lt: cursor.at } }, { at: cursor.at, id: { lte: cursor.id } }] };
  const rows = await db.checkIn.findMany({
    where: { memberId: member.id, ...(since && { at: { gte: since } }), ...(older && { AND: older }) },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: PAGE + 1,
  });
  const next = rows[PAGE]?.id;
  return {
    checkIns: rows.slice(0, PAGE).map(({ id, at, zone, template, answers }) => ({
      at,
      zone,
      template,
      answers: answersSchema.parse(JSON.parse(cipher.open(answers, answersBinding(id)))),
    })),
    ...(next !== undefined && { next }),
  };
}
