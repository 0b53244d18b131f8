import { describeSchedule, type ScheduleParts } from '../../../time/describe-schedule.js';
import { localKey } from '../../../time/recurrence.js';
import { type WhyUnreached, whyUnreached } from '../../members/unreached.js';
import { ownZoneOf } from '../../members/zone.js';
import type { Scope } from '../../scope.js';
import { dateOf, mine, nextOf, openRow } from './kept.js';

export interface ListedSchedule {
  readonly id: string;
  readonly parts: ScheduleParts;
  /** Name of a built-in template, or the id of an own one. */
  readonly template: string;
  /** The next time; `local` names it for a skip. None when it is paused without an end, or over. */
  readonly next?: { readonly at: Date; readonly local: string };
  readonly paused?: { readonly until?: Date };
}

export interface ScheduleList {
  readonly schedules: readonly ListedSchedule[];
  /** IANA; undefined when only the community's is used. */
  readonly zone?: string;
  /** Local, HH:MM. */
  readonly quiet?: { readonly from: string; readonly to: string };
  /** Why the last message to the member did not reach them. */
  readonly unreached?: WhyUnreached;
}

/** When the member is asked, and where that stands. */
export async function listSchedules(scope: Scope): Promise<ScheduleList> {
  const { db, member, now } = scope;
  const [rows, self, unreached] = await Promise.all([
    mine(db, scope),
    db.member.findUniqueOrThrow({ where: { id: member.id } }),
    whyUnreached(scope),
  ]);
  const zone = ownZoneOf(self);
  return {
    schedules: rows.map((row): ListedSchedule => {
      const opened = openRow(row, member.zone, now);
      const next = nextOf(opened, now);
      const until = opened.paused?.until;
      return {
        id: row.id,
        parts: describeSchedule(opened.schedule),
        template: row.template,
        ...(next && { next: { at: dateOf(next.at), local: localKey(next.local) } }),
        ...(opened.paused && { paused: until ? { until: dateOf(until) } : {} }),
      };
    }),
    ...(zone && { zone }),
    ...(self.quietFrom && self.quietTo && { quiet: { from: self.quietFrom, to: self.quietTo } }),
    ...(unreached && { unreached }),
  };
}
