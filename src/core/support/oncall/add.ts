import { UserError } from '../../../chat/errors.js';
import { WEEKDAYS, type Weekday } from '../../../time/rule.js';
import type { Scope } from '../../scope.js';
import { readTimeOfDay } from '../../time-of-day.js';
import { serve } from './serve.js';

/** More shifts than this are a slip. */
export const MOST_SHIFTS = 14;

/** Days by name, as they are chosen. */
export const DAY_NAMES = ['daily', 'weekdays', 'weekends', 'mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;
export type DayName = (typeof DAY_NAMES)[number];

const DAYS_OF: Readonly<Record<'daily' | 'weekdays' | 'weekends', readonly Weekday[]>> = {
  daily: WEEKDAYS,
  weekdays: WEEKDAYS.slice(0, 5),
  weekends: WEEKDAYS.slice(5),
};

const isGroup = (name: DayName): name is keyof typeof DAYS_OF => name in DAYS_OF;

/** In the order of the week. */
function daysNamed(names: readonly DayName[]): Weekday[] {
  const wanted = new Set(names.flatMap((name) => (isGroup(name) ? DAYS_OF[name] : [name.toUpperCase() as Weekday])));
  return WEEKDAYS.filter((day) => wanted.has(day));
}

export interface ShiftWish {
  /** At least one. */
  readonly days: readonly DayName[];
  /** As people write a time of day. An end that is not later is on the next day. */
  readonly from: string;
  readonly to: string;
  /** IANA. */
  readonly zone: string;
}

/**
 * Adds hours of the week in which the member may be asked. The same twice is once.
 * @throws UserError when a time cannot be read, they have too many, or hold no role for it
 */
export async function addShift(scope: Scope, { days, from, to, zone }: ShiftWish): Promise<void> {
  const { db, community, member } = scope;
  const times = { from: readTimeOfDay(from, zone), to: readTimeOfDay(to, zone) };
  const row = { communityId: community.id, memberId: member.id, days: daysNamed(days), ...times, zone };
  await db.transact(async (tx) => {
    await serve(tx, scope);
    await tx.oncallShift.createMany({ data: [row], skipDuplicates: true });
    const count = await tx.oncallShift.count({ where: { memberId: member.id } });
    if (count > MOST_SHIFTS) throw new UserError('support.oncall.tooMany', { most: MOST_SHIFTS });
  });
}
