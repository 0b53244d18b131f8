import { Temporal } from 'temporal-polyfill';
import { UserError } from '../../chat/errors.js';
import type { TenantDb } from '../../db/tenant.js';
import { todayOf } from '../members/day.js';
import type { Scope } from '../scope.js';
import { type Anniversary, type Count, nextAnniversary, tally, totalCount } from './anniversaries.js';
import { type Details, type FreshMark, openDetails, periodsOf, sealDetails } from './details.js';
import { type MarkListName, MILESTONE_KINDS, type MilestoneKind } from './marks.js';
import { daysOf, openPeriod } from './periods.js';

/** A milestone as its member sees it today. */
export interface Milestone {
  readonly id: string;
  readonly label?: string;
  readonly kind: MilestoneKind;
  readonly marks: MarkListName;
  /** What the last daily look found, when that was today or yesterday. */
  readonly fresh: readonly FreshMark[];
  /** Mentors for whose eyes it is, by id, while a consent holds. */
  readonly shownTo: readonly string[];
  /** Of the period that goes on; absent while there is none, and where single days are counted. */
  readonly current?: { readonly from: Temporal.PlainDate; readonly days: number; readonly next?: Anniversary };
  /** All days, through every return; or the days on which something was done. */
  readonly total: Count;
  /** How many stretches of time the total is made of; 0 where single days are counted. */
  readonly periods: number;
  /** Where single days are counted: today is one of them. */
  readonly isTodayCounted: boolean;
}

/** Somebody may count several things; more than this is a list that nobody reads. */
export const MOST_MILESTONES = 5;

export function viewOf(id: string, details: Details, today: Temporal.PlainDate): Milestone {
  const periods = periodsOf(details);
  const open = openPeriod(periods);
  const next = open && nextAnniversary(open.from, details.marks, today);
  const isTally = MILESTONE_KINDS[details.kind] === 'tally';
  const isRecent = Temporal.PlainDate.compare(details.through, today.subtract({ days: 1 })) >= 0;
  return {
    id,
    kind: details.kind,
    marks: details.marks,
    fresh: isRecent ? details.fresh : [],
    shownTo: details.shownTo,
    total: isTally ? tally(details.days.map((day) => Temporal.PlainDate.from(day))) : totalCount(periods, today),
    periods: periods.length,
    isTodayCounted: details.days.includes(today.toString()),
    ...(details.label !== undefined && { label: details.label }),
    ...(open && { current: { from: open.from, days: daysOf(open, today), ...(next && { next }) } }),
  };
}

/** The member's milestones, in the order in which they were made. */
export async function milestonesOf(scope: Scope): Promise<Milestone[]> {
  const { db, cipher, member } = scope;
  const rows = await db.milestone.findMany({ where: { memberId: member.id }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  const today = todayOf(scope);
  return rows.map((row) => viewOf(row.id, openDetails(cipher, row), today));
}

/** Somebody taps twice, or taps while the daily look goes by. */
const TRIES = 5;

/**
 * Changes one of the member's own, as a whole. Nothing that was written meanwhile is lost: then it is read and changed anew.
 * @param also done in the same transaction
 * @throws UserError when it is gone or was never theirs, and what `change` throws
 */
export async function changeMilestone(
  scope: Scope,
  id: string,
  change: (details: Details) => Details,
  also?: (tx: TenantDb) => Promise<unknown>,
): Promise<Milestone> {
  const { db, cipher, member } = scope;
  for (let tried = 0; tried < TRIES; tried++) {
    const after = await db.transact(async (tx) => {
      const row = await tx.milestone.findFirst({ where: { id, memberId: member.id } });
      if (!row) throw new UserError('milestone.problems.gone');
      const changed = change(openDetails(cipher, row));
      const where = { id, memberId: member.id, details: row.details };
      const { count } = await tx.milestone.updateMany({ where, data: { details: sealDetails(cipher, id, changed) } });
      if (count > 0) await also?.(tx);
      return count > 0 ? changed : undefined;
    });
    if (after) return viewOf(id, after, todayOf(scope));
  }
  throw new Error('A milestone was changed again and again by somebody else.');
}
