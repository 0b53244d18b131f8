import { Temporal } from 'temporal-polyfill';
import { UserError } from '../../../chat/errors.js';
import type { CheckInSchedule, Member } from '../../../db/generated/client.js';
import type { TenantDb } from '../../../db/tenant.js';
import { nextPromised, type Occurrence, type Schedule, type Skips } from '../../../time/recurrence.js';
import type { Scope } from '../../scope.js';
import { cancel, plan } from '../../work/plan.js';
import { PROMPT } from '../kinds.js';
import { type QuietHours, quietHoursSchema } from '../quiet-hours.js';
import { openSchedule } from '../schedule-rule.js';

/** A row of CheckInSchedule, opened in the zone where its member is. */
export interface OpenedSchedule {
  readonly id: string;
  readonly template: string;
  /** Minutes. */
  readonly window: number;
  readonly schedule: Schedule;
  readonly skips: Skips;
  readonly settled: Temporal.PlainDateTime;
  /** Paused now: until an instant, or until it is resumed. */
  readonly paused?: { readonly until?: Temporal.Instant };
}

export const instant = (date: Date): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(date.getTime());
export const dateOf = (at: Temporal.Instant): Date => new Date(at.epochMilliseconds);

/** @param zone IANA */
export function openRow(row: CheckInSchedule, zone: string, now: Date): OpenedSchedule {
  const { id, rrule, start, times, template, window, skips, settled, state, resumeAt } = row;
  const isPaused = state === 'paused' && !(resumeAt && resumeAt <= now);
  return {
    id,
    template,
    window,
    schedule: openSchedule({ rrule, start, times, zone }),
    skips: new Set(skips),
    settled: Temporal.PlainDateTime.from(settled),
    ...(isPaused && { paused: resumeAt ? { until: instant(resumeAt) } : {} }),
  };
}

/** The next time that is promised; undefined while it is paused without an end, and when it is over. */
export function nextOf({ schedule, settled, skips, paused }: OpenedSchedule, now: Date): Occurrence | undefined {
  if (paused && !paused.until) return undefined;
  return nextPromised(schedule, settled, paused?.until ?? instant(now), skips);
}

/** Plans the next prompt anew. Pass the transaction that changed the schedule. */
export async function planNext(tx: TenantDb, row: CheckInSchedule, zone: string, now: Date): Promise<Date | undefined> {
  const next = nextOf(openRow(row, zone, now), now);
  const work = { kind: PROMPT, subjectId: row.id };
  if (!next) {
    await cancel(tx, work);
    return undefined;
  }
  const at = dateOf(next.at);
  await plan(tx, work, at);
  return at;
}

/** The schedules of the member of the scope, or this one of them. @throws UserError when it is gone, or was never theirs */
export async function mine(
  tx: TenantDb,
  { member }: { readonly member: Pick<Scope['member'], 'id'> },
  id?: string,
): Promise<CheckInSchedule[]> {
  const where = { memberId: member.id, ...(id !== undefined && { id }) };
  const rows = await tx.checkInSchedule.findMany({ where, orderBy: { createdAt: 'asc' } });
  if (id !== undefined && rows.length === 0) throw new UserError('schedule.gone');
  return rows;
}

export const quietOf = ({ quietFrom, quietTo }: Pick<Member, 'quietFrom' | 'quietTo'>): QuietHours | undefined =>
  quietHoursSchema.safeParse({ from: quietFrom, to: quietTo }).data;
