import type { OncallShift } from '../../../db/generated/client.js';
import type { Scope } from '../../scope.js';
import { isOn, nextOn } from './hours.js';
import { isPaused } from './roster.js';

/** A member's own hours, for themselves. */
export interface MyOncall {
  readonly shifts: readonly OncallShift[];
  /** ISO 639. */
  readonly languages: readonly string[];
  readonly isListed: boolean;
  readonly isPaused: boolean;
  /** When the pause ends by itself. */
  readonly pausedUntil?: Date;
  readonly isOn: boolean;
  /** When they are on call next; while they are, absent. */
  readonly next?: Date;
}

/** @returns undefined when they are not on the roster */
export async function myOncall({ db, member, now }: Scope): Promise<MyOncall | undefined> {
  const volunteer = await db.oncallVolunteer.findFirst({ where: { memberId: member.id } });
  if (!volunteer) return undefined;
  const shifts = await db.oncallShift.findMany({ where: { memberId: member.id }, orderBy: { createdAt: 'asc' } });
  const { languages, isListed, pausedUntil } = volunteer;
  const paused = isPaused(volunteer, now);
  const on = shifts.some((shift) => isOn(shift, now));
  const from = paused && pausedUntil ? pausedUntil : now;
  const next = on || (paused && !pausedUntil) ? undefined : nextOn(shifts, from);
  return {
    shifts,
    languages,
    isListed,
    isPaused: paused,
    ...(paused && pausedUntil && { pausedUntil }),
    isOn: on && !paused,
    ...(next && { next }),
  };
}
