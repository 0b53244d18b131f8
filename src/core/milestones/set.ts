import { randomUUID } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import { UserError } from '../../chat/errors.js';
import { planLook, stopLooking } from '../daily/look.js';
import { todayOf } from '../members/day.js';
import type { Scope } from '../scope.js';
import { cancel } from '../work/plan.js';
import { LOOK } from './daily.js';
import { type Details, keepPeriods, periodsOf, sealDetails } from './details.js';
import { takeOutShares } from './end-for.js';
import { type MarkListName, MILESTONE_KINDS, type MilestoneKind } from './marks.js';
import { changeMilestone, type Milestone, MOST_MILESTONES, viewOf } from './mine.js';
import { OLDEST_YEARS, type Period, type PeriodProblem, returnToUse, setStart } from './periods.js';
import { SHARE } from './share.js';

export interface Asked {
  readonly label?: string;
  readonly kind?: MilestoneKind;
  readonly marks?: MarkListName;
  /** The member's local day on which it began; today without it. Means nothing where single days are counted. */
  readonly from?: Temporal.PlainDate;
}

/** @throws UserError that says why a date cannot be */
function must(result: { ok: true; periods: readonly Period[] } | { ok: false; why: PeriodProblem }): Details['periods'] {
  if (result.ok) return keepPeriods(result.periods);
  throw new UserError(`milestone.problems.${result.why}`, { years: OLDEST_YEARS });
}

function startedOn(details: Details, from: Temporal.PlainDate | undefined, today: Temporal.PlainDate): Details['periods'] {
  if (MILESTONE_KINDS[details.kind] === 'tally') return [];
  const before = periodsOf(details);
  const goesOn = before.some(({ until }) => until === undefined);
  return from || !goesOn ? must(setStart(before, from ?? today, today)) : details.periods;
}

/** What was set today is seen today: it brings no note of its own, nor years of notes at once. */
const lookedAt = ({ through }: Details, today: Temporal.PlainDate) => ({
  through: today.toString() > through ? today.toString() : through,
  fresh: [],
});

/** Keeps a new milestone, sealed, and plans the daily look. @throws UserError */
export async function addMilestone(scope: Scope, { label, kind = 'recovery', marks, from }: Asked): Promise<Milestone> {
  const { db, cipher, member, community } = scope;
  const today = todayOf(scope);
  const empty: Details = {
    kind,
    marks: marks ?? (kind === 'inProgramme' ? 'years' : 'days'),
    ...(label !== undefined && { label }),
    ...{ periods: [], days: [], through: today.toString(), fresh: [], shares: [], shownTo: [] },
  };
  const details = { ...empty, periods: startedOn(empty, from, today) };
  const id = randomUUID();
  await db.transact(async (tx) => {
    const count = await tx.milestone.count({ where: { memberId: member.id } });
    if (count >= MOST_MILESTONES) throw new UserError('milestone.problems.tooMany', { most: MOST_MILESTONES });
    const row = { id, communityId: community.id, memberId: member.id, details: sealDetails(cipher, id, details) };
    await tx.milestone.create({ data: row });
    if (count === 0) await planLook(tx, LOOK, scope);
  });
  return viewOf(id, details, today);
}

/** Corrects one: its name, what is marked, or the day on which it began. Earlier periods stay. @throws UserError */
export function correctMilestone(scope: Scope, id: string, { label, kind, marks, from }: Asked): Promise<Milestone> {
  const today = todayOf(scope);
  return changeMilestone(scope, id, ({ label: _, ...before }) => {
    const details = { ...before, kind: kind ?? before.kind, marks: marks ?? before.marks };
    return {
      ...details,
      ...(label !== undefined && { label }),
      ...lookedAt(details, today),
      periods: startedOn(details, from, today),
    };
  });
}

/**
 * A return to use. The days before it keep counting; nobody is told.
 * @param on the local day of it
 * @param again the first day of the new period; undefined: not now
 * @throws UserError
 */
export function noteReturn(
  scope: Scope,
  id: string,
  on: Temporal.PlainDate,
  again: Temporal.PlainDate | undefined,
): Promise<Milestone> {
  const today = todayOf(scope);
  return changeMilestone(scope, id, (details) => ({
    ...details,
    ...lookedAt(details, today),
    periods: must(returnToUse(periodsOf(details), on, again, today)),
  }));
}

/** Counts today, where single days are counted. Twice is once. @throws UserError */
export function countToday(scope: Scope, id: string): Promise<Milestone> {
  const today = todayOf(scope).toString();
  return changeMilestone(scope, id, (details) => ({ ...details, days: [...new Set([...details.days, today])].sort() }));
}

/**
 * Forgets one, with everything that was kept of it; what was said of it in channels is taken back.
 * @throws UserError when it is gone or was never theirs
 */
export async function removeMilestone({ db, cipher, member, now }: Scope, id: string): Promise<void> {
  await db.transact(async (tx) => {
    // Whoever shares it at the same moment waits, and then finds none.
    const [row] = await tx.milestone.updateManyAndReturn({ where: { id, memberId: member.id }, data: { memberId: member.id } });
    if (!row) throw new UserError('milestone.problems.gone');
    const consents = await takeOutShares({ db: tx, cipher, now }, row);
    await tx.consent.updateMany({
      where: { id: { in: consents }, memberId: member.id, revokedAt: null },
      data: { revokedAt: now },
    });
    await tx.milestone.deleteMany({ where: { id } });
    await cancel(tx, { kind: SHARE, subjectId: id });
    await tx.delivery.deleteMany({ where: { subjectId: id } });
    if ((await tx.milestone.count({ where: { memberId: member.id } })) === 0) await stopLooking(tx, LOOK, member.id);
  });
}
