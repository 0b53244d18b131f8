import type { OncallShift, OncallVolunteer } from '../../../db/generated/client.js';
import type { TenantDb } from '../../../db/tenant.js';
import { caretakers } from '../../members/named.js';
import type { Candidate } from '../now/rounds.js';
import { isOn, nextOn } from './hours.js';

/** Somebody who may be asked, now or at another time. */
export interface OnRoster extends Candidate {
  readonly languages: readonly string[];
  readonly isListed: boolean;
  readonly shifts: readonly OncallShift[];
}

export const isPaused = ({ pausedAt, pausedUntil }: OncallVolunteer, now: Date): boolean =>
  pausedAt !== null && (pausedUntil === null || pausedUntil > now);

/**
 * Everybody who may be asked in a community, whoever is asked first standing first: who speaks the language, is not with somebody
 * already, and was asked longest ago.
 * @param language ISO 639
 */
export async function rosterOf(db: TenantDb, now: Date, language?: string): Promise<OnRoster[]> {
  const volunteers = await db.oncallVolunteer.findMany({
    where: {},
    orderBy: [{ lastAskedAt: { sort: 'asc', nulls: 'first' } }, { id: 'asc' }],
  });
  const shifts = await db.oncallShift.findMany({ where: {}, orderBy: { createdAt: 'asc' } });
  const busy = await db.supportAsk.findMany({
    where: { said: 'yes', request: { endedAt: null } },
    select: { memberId: true },
  });
  const isBusy = new Set(busy.map(({ memberId }) => memberId));
  const care = await caretakers(db, db.communityId);
  const listed = volunteers.map((volunteer): OnRoster => {
    const { memberId, languages, isListed } = volunteer;
    const mine = shifts.filter((shift) => shift.memberId === memberId);
    const is = { isOn: mine.some((shift) => isOn(shift, now)), isPaused: isPaused(volunteer, now) };
    return { memberId, languages, isListed, shifts: mine, ...is, isCoordinator: care.includes(memberId) };
  });
  const known = new Set(volunteers.map(({ memberId }) => memberId));
  const others = care.filter((memberId) => !known.has(memberId));
  const off = { languages: [], isListed: false, shifts: [], isOn: false, isPaused: false, isCoordinator: true };
  const rank = ({ languages, memberId }: OnRoster) =>
    (language === undefined || languages.includes(language) ? 0 : 2) + (isBusy.has(memberId) ? 1 : 0);
  return [...listed.sort((a, b) => rank(a) - rank(b)), ...others.map((memberId) => ({ memberId, ...off }))];
}

/** Who can be reached for a talk, in numbers and times that tell of nobody. */
export interface Availability {
  /** How many volunteers are on call at this moment. */
  readonly now: number;
  /** When the next volunteer comes on call, within the next week; absent when nobody does, or somebody is. */
  readonly next?: Date;
  /** There are people who look after the community and can be asked at any hour. */
  readonly hasCaretakers: boolean;
  /** ISO 639 of all who could be asked, whenever. */
  readonly languages: readonly string[];
}

/** @param memberId who would like to talk: they are not counted; nor is anybody of `apart` */
export function availabilityOf(
  roster: readonly OnRoster[],
  { memberId, apart, now }: { readonly memberId: string; readonly apart: ReadonlySet<string>; readonly now: Date },
): Availability {
  const free = roster.filter((one) => one.memberId !== memberId && !apart.has(one.memberId) && !one.isPaused);
  const on = free.filter(({ isOn }) => isOn).length;
  const next =
    on > 0
      ? undefined
      : nextOn(
          free.flatMap(({ shifts }) => shifts),
          now,
        );
  const languages = [...new Set(free.flatMap((one) => one.languages))].sort();
  return { now: on, ...(next && { next }), hasCaretakers: free.some(({ isCoordinator }) => isCoordinator), languages };
}
