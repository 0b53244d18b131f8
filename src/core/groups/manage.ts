import { UserError } from '../../chat/errors.js';
import { describeSchedule, type ScheduleParts } from '../../time/describe-schedule.js';
import { note } from '../audit/note.js';
import { openSchedule } from '../checkins/schedule-rule.js';
import type { Scope } from '../scope.js';
import { workId } from '../work/id.js';
import { cancel, plan } from '../work/plan.js';
import { CARD, CLOSE, firstCard, OPEN, questionBinding } from './kinds.js';

export interface ListedGroup {
  readonly id: string;
  readonly question: string;
  /** The platform's id. */
  readonly channel: string;
  /** Absent when it was for once. */
  readonly parts?: ScheduleParts;
  /** IANA. */
  readonly zone: string;
  /** When it opens next. */
  readonly next?: Date;
  /** The latest round, if there was one. */
  readonly round?: {
    readonly id: string;
    readonly opensAt: Date;
    readonly closesAt: Date;
    readonly isClosed: boolean;
    readonly count: number;
    /** The card could not be shown in its channel. */
    readonly isUnseen: boolean;
  };
}

const MOST_LISTED = 8;

/** Group check-ins of this place: those that go on, and the latest that are over. */
export async function listGroups({ db, cipher, space }: Scope): Promise<ListedGroup[]> {
  if (!space) throw new UserError('group.inChannel');
  const rows = await db.groupCheckIn.findMany({
    where: { spaceId: space.id },
    orderBy: [{ state: 'asc' }, { createdAt: 'desc' }],
    take: MOST_LISTED,
    include: { rounds: { orderBy: { opensAt: 'desc' }, take: 1, include: { _count: { select: { answers: true } } } } },
  });
  const [work, cards] = await Promise.all([
    db.dueWork.findMany({ where: { id: { in: rows.map(({ id }) => workId({ kind: OPEN, subjectId: id })) } } }),
    db.delivery.findMany({ where: { once: { in: rows.flatMap(({ rounds }) => rounds.map(({ id }) => firstCard(id))) } } }),
  ]);
  return rows.map(({ id, question, channelId, rrule, start, times, zone, rounds: [last] }) => {
    const next = work.find(({ subjectId }) => subjectId === id)?.dueAt;
    const card = last && cards.find(({ subjectId }) => subjectId === last.id);
    return {
      id,
      question: cipher.open(question, questionBinding(id)),
      channel: channelId,
      zone,
      ...(rrule !== null && { parts: describeSchedule(openSchedule({ rrule, start, times, zone })) }),
      ...(next && { next }),
      ...(last && {
        round: {
          id: last.id,
          opensAt: last.opensAt,
          closesAt: last.closesAt,
          isClosed: last.closedAt !== null,
          count: last._count.answers,
          isUnseen: card !== undefined && (card.state === 'dropped' || card.state === 'dead'),
        },
      }),
    };
  });
}

/** Closes a round before its time. Twice is once. */
export async function closeEarly({ db, now }: Scope, round: string): Promise<void> {
  await db.transact(async (tx) => {
    const { count } = await tx.groupRound.updateMany({ where: { id: round, closedAt: null }, data: { closedAt: now } });
    if (count === 0) return;
    await cancel(tx, { kind: CLOSE, subjectId: round });
    await plan(tx, { kind: CARD, subjectId: round }, now);
  });
}

/** Ends a schedule: it does not open again. What is open stays open until its time. @throws UserError when it is gone */
export async function endGroup(scope: Scope, id: string): Promise<void> {
  await scope.db.transact(async (tx) => {
    const { count } = await tx.groupCheckIn.updateMany({ where: { id }, data: { state: 'paused' } });
    if (count === 0) throw new UserError('group.gone');
    await cancel(tx, { kind: OPEN, subjectId: id });
    await note(tx, scope, 'group.end');
  });
}
