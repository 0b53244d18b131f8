import { UserError } from '../../../chat/errors.js';
import { describeSchedule, type ScheduleParts } from '../../../time/describe-schedule.js';
import { latestLocalAt } from '../../../time/local.js';
import { localKey, type Schedule } from '../../../time/recurrence.js';
import { saySchedule } from '../../../time/say-schedule.js';
import type { Scope } from '../../scope.js';
import { WINDOW_MINUTES } from '../prompt-window.js';
import { beginSchedule, keepSchedule, upcoming } from '../schedule-rule.js';
import { dateOf, instant, mine, planNext } from './kept.js';
import { moveMember } from './zone.js';

export type { ScheduleParts } from '../../../time/describe-schedule.js';

/** More would be a burden, and a list that nobody reads. One schedule can have several times a day. */
export const MOST_SCHEDULES = 5;

/** What was understood, to be confirmed before anything is saved. */
export interface Understood {
  readonly parts: ScheduleParts;
  /** The next three times. */
  readonly next: readonly Date[];
}

function begin(when: string, zone: string, now: Date): Schedule {
  const said = saySchedule(when, zone);
  if (!said.ok) throw new UserError(`schedule.problems.${said.why}`, { word: said.word ?? '' });
  const begun = beginSchedule(said, zone, instant(now));
  if (!begun.ok) throw new UserError(`schedule.problems.${begun.why}`);
  return begun.schedule;
}

/**
 * Reads when somebody wants to be asked. Saves nothing.
 * @param zone IANA, where they are
 * @throws UserError that says which part was not understood
 */
export function understandSchedule(when: string, zone: string, now: Date): Understood {
  const schedule = begin(when, zone, now);
  return { parts: describeSchedule(schedule), next: upcoming(schedule, instant(now), 3).map(({ at }) => dateOf(at)) };
}

export interface NewSchedule {
  /** In words, as {@link understandSchedule} reads them. */
  readonly when: string;
  /** Name of a built-in template, or the id of an own one. */
  readonly template: string;
  /** IANA; becomes the member's, for all their schedules. */
  readonly zone: string;
  /** Changes this schedule instead of adding one. */
  readonly id?: string;
}

/** Saves a schedule and plans its first prompt. @returns when that is; undefined when it never comes */
export async function saveSchedule(scope: Scope, { when, template, zone, id }: NewSchedule): Promise<Date | undefined> {
  const { db, member, community, now } = scope;
  const { zone: _, ...rule } = keepSchedule(begin(when, zone, now));
  const settled = localKey(latestLocalAt(instant(now), zone));
  const data = { ...rule, template, settled, skips: [], state: 'active' as const, resumeAt: null };
  return db.transact(async (tx) => {
    const existing = await mine(tx, scope);
    if (id !== undefined) await mine(tx, scope, id);
    else if (existing.length >= MOST_SCHEDULES) throw new UserError('schedule.tooMany', { most: MOST_SCHEDULES });
    await moveMember(tx, scope, zone);
    const row =
      id === undefined
        ? await tx.checkInSchedule.create({
            data: { ...data, communityId: community.id, memberId: member.id, window: WINDOW_MINUTES },
          })
        : await tx.checkInSchedule.update({ where: { id }, data });
    return planNext(tx, row, zone, now);
  });
}
