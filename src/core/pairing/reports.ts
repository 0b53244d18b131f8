import { UserError } from '../../chat/errors.js';
import { note, noteReads } from '../audit/note.js';
import type { Scope } from '../scope.js';
import { reportBinding } from './report.js';
import { lookAtWaiting } from './work.js';

/** A report as a coordinator reads it. */
export interface ReportShown {
  readonly id: string;
  readonly reporterId: string;
  readonly reportedId: string;
  readonly words: string;
  readonly at: Date;
}

/** The open reports, the oldest first; never one of the reader themselves. That it was read is written down, without what it says. */
export async function openReports(scope: Scope): Promise<ReportShown[]> {
  const { db, cipher, member } = scope;
  const rows = await db.memberReport.findMany({
    where: { state: 'open', reporterId: { not: null }, reportedId: { not: member.id } },
    orderBy: { createdAt: 'asc' },
    take: 10,
  });
  const reporters = rows.flatMap(({ reporterId }) => reporterId ?? []);
  await noteReads(db, scope, 'report.read', reporters);
  return rows.flatMap(({ id, reporterId, reportedId, details, createdAt }) =>
    reporterId && details ? [{ id, reporterId, reportedId, at: createdAt, words: cipher.open(details, reportBinding(id)) }] : [],
  );
}

/**
 * A coordinator has looked into it. Cleared: offers go on, unless another report is open; the two stay apart. Upheld: they are
 * offered to nobody any more.
 * @throws UserError when it is closed already, or the coordinator's own
 */
export async function closeReport(scope: Scope, id: string, as: 'cleared' | 'upheld'): Promise<void> {
  const { db, member, now } = scope;
  await db.transact(async (tx) => {
    const [report] = await tx.memberReport.updateManyAndReturn({
      where: { id, state: 'open', reportedId: { not: member.id } },
      data: { state: as, closedAt: now },
    });
    if (!report) throw new UserError('sponsor.report.closed');
    const { reportedId: memberId } = report;
    const stays = await tx.memberReport.count({ where: { reportedId: memberId, state: { in: ['open', 'upheld'] } } });
    if (stays === 0) await tx.mentorProfile.updateMany({ where: { memberId }, data: { heldAt: null } });
    if (as === 'upheld') await tx.mentorProfile.updateMany({ where: { memberId }, data: { endedAt: now } });
    await lookAtWaiting(tx, now);
    await note(tx, scope, `report.${as}`);
  });
}
