import { UserError } from '../../chat/errors.js';
import type { Attendance, Occurrence, Session } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import type { Scope } from '../scope.js';
import { detailsOf, openDetails } from '../sessions/details.js';
import { ensureOccurrence } from '../sessions/ensure.js';
import { datesOf } from '../sessions/occurrences.js';
import { cancel, plan } from '../work/plan.js';
import { comingWindow, leavingWindow, mayCome, mayLeave, minutesThere, type Timed } from './windows.js';

/** Looks whether a tap is still needed. */
export const FORGET = 'slip.forget';
/** Days until what was tapped is deleted. */
export const KEPT_DAYS = 30;
const DAY = 86_400_000;
const LONGEST = DAY;

const TAP_LIST = { path: ['session', 'list'] } as const;
const gone = () => new UserError('slip.gone', {}, { label: 'session.seeList', tap: TAP_LIST });

/** One date, as far as its slip goes. */
export interface SlipDate {
  readonly session: string;
  /** Names the date within its session. */
  readonly local: string;
  readonly title: string;
  readonly startsAt: Date;
  readonly allowsSlips: boolean;
  /**
   * `come`: "I'm here" can be tapped; `soon`: not yet; `wait`: tapped, and the end is to come; `leave`: "I was here" can be
   * tapped; `ready`: a slip can be made; `missed`: the second tap was not made in time.
   */
  readonly step: 'soon' | 'come' | 'wait' | 'leave' | 'ready' | 'missed';
  /** When the buttons that come next can be tapped. */
  readonly from: Date;
  readonly to: Date;
  /** Of the member's own row. */
  readonly attendance?: string;
  /** A slip was made. */
  readonly isMade: boolean;
}

type Row = Attendance & { occurrence: Occurrence & { session: Session } };

/** What was tapped counts only while the session is still at the time at which it was tapped. */
export const hasCome = ({ cameAt }: Attendance, timed: Timed): boolean => mayCome(timed, cameAt);
export const hasLeft = ({ leftAt }: Attendance, timed: Timed): boolean => leftAt !== null && mayLeave(timed, leftAt);

function stepOf(row: Row, now: Date): SlipDate['step'] {
  const { occurrence } = row;
  if (!hasCome(row, occurrence)) return 'missed';
  if (row.leftAt && mayLeave(occurrence, row.leftAt))
    return minutesThere(occurrence, row.cameAt, row.leftAt) > 0 ? 'ready' : 'missed';
  if (mayLeave(occurrence, now)) return 'leave';
  return now < leavingWindow(occurrence, now).from ? 'wait' : 'missed';
}

function begun({ cipher, now }: Scope, row: Row): SlipDate {
  const { occurrence, slipId } = row;
  const { session, local, startsAt } = occurrence;
  const { title } = detailsOf(cipher, session, occurrence);
  const { from, to } = leavingWindow(occurrence, now);
  const { allowsSlips } = session;
  const step = stepOf(row, now);
  return {
    ...{ session: session.id, local, title, startsAt, allowsSlips, step, from, to },
    attendance: row.id,
    isMade: slipId !== null,
  };
}

const withDate = { occurrence: { include: { session: true } } } as const;

/**
 * Dates of which the member can begin, go on with, or has a slip, the nearest last; of those that come, only the next.
 * @param sessionId of this session only
 */
export async function slipDates(scope: Scope, sessionId?: string): Promise<SlipDate[]> {
  const { db, cipher, now, member } = scope;
  const rows: Row[] = await db.attendance.findMany({
    where: { memberId: member.id, ...(sessionId !== undefined && { occurrence: { sessionId } }) },
    include: withDate,
    orderBy: { cameAt: 'asc' },
  });
  const own = rows.map((row) => begun(scope, row));
  const known = new Set(own.map(({ session, local }) => `${session} ${local}`));
  const sessions = await db.session.findMany({ where: { state: 'active', ...(sessionId !== undefined && { id: sessionId }) } });
  const occurrences = await db.occurrence.findMany({ where: { sessionId: { in: sessions.map(({ id }) => id) } } });
  const fresh = sessions.flatMap((session) => {
    const here = occurrences.filter((one) => one.sessionId === session.id);
    return datesOf(session, here, new Date(now.getTime() - LONGEST), new Date(now.getTime() + 7 * DAY)).flatMap((date) => {
      const timed = date.row ?? { startsAt: date.startsAt, minutes: session.minutes, state: 'planned' as const, endedAt: null };
      const { from, to } = comingWindow(timed);
      if (timed.state === 'cancelled' || to < now || known.has(`${session.id} ${date.local}`)) return [];
      const { title } = date.row ? detailsOf(cipher, session, date.row) : openDetails(cipher, session);
      const { allowsSlips } = session;
      const step = mayCome(timed, now) ? ('come' as const) : ('soon' as const);
      const { local, startsAt } = date;
      return [{ ...{ session: session.id, local, title, startsAt, allowsSlips, step, from, to }, isMade: false }];
    });
  });
  const rising = fresh.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  const next = rising.find(({ step }) => step === 'soon');
  return [...own, ...rising.filter(({ step }) => step === 'come'), ...(next ? [next] : [])];
}

/** @throws UserError when that group gives no slips */
export function mustAllow({ allowsSlips }: Pick<Session, 'allowsSlips'>): void {
  if (!allowsSlips) throw new UserError('slip.off');
}

/** "I'm here." Tapped twice, the first counts. @throws UserError when it is too early or too late */
export async function come(scope: Scope, sessionId: string, local: string): Promise<void> {
  const { db, now, member } = scope;
  const date = (await slipDates(scope, sessionId)).find((one) => one.session === sessionId && one.local === local);
  if (!date) throw gone();
  if (date.attendance !== undefined) return;
  if (!date.allowsSlips) throw new UserError('slip.off');
  if (date.step !== 'come') throw new UserError('slip.notNow');
  await db.transact(async (tx) => {
    const session = await tx.session.findFirstOrThrow({ where: { id: sessionId } });
    const { id: occurrenceId } = await ensureOccurrence(tx, session, date);
    const { communityId } = tx;
    const row = { communityId, occurrenceId, memberId: member.id };
    // Prisma's upsert with nothing to update fails where two taps come at once.
    await tx.attendance.createMany({ data: [{ ...row, cameAt: now }], skipDuplicates: true });
    const { id } = await tx.attendance.findUniqueOrThrow({ where: { communityId_occurrenceId_memberId: row } });
    await plan(tx, { kind: FORGET, subjectId: id }, new Date(now.getTime() + KEPT_DAYS * DAY));
  });
}

/** The member's own row. @throws UserError when there is none */
export async function ownAttendance({ db, member }: Pick<Scope, 'member'> & { db: TenantDb }, id: string): Promise<Row> {
  const row: Row | null = await db.attendance.findFirst({ where: { id, memberId: member.id }, include: withDate });
  if (!row) throw gone();
  return row;
}

/** "I was here." Tapped twice, the first counts. @throws UserError when it is too early or too late */
export async function leave(scope: Scope, id: string): Promise<void> {
  const { db, now } = scope;
  const row = await ownAttendance(scope, id);
  mustAllow(row.occurrence.session);
  if (hasLeft(row, row.occurrence)) return;
  if (!hasCome(row, row.occurrence) || !mayLeave(row.occurrence, now)) throw new UserError('slip.notNow');
  await db.attendance.updateMany({ where: { id: row.id }, data: { leftAt: now } });
}

/** Deletes both taps at once. A slip that was made stays: its row leads to nobody. */
export async function forget({ db, member }: Scope, id: string): Promise<void> {
  await db.transact(async (tx) => {
    const { count } = await tx.attendance.deleteMany({ where: { id, memberId: member.id } });
    if (count > 0) await cancel(tx, { kind: FORGET, subjectId: id });
  });
}
