import { dayOf } from '../../time/local.js';
import type { Scope } from '../scope.js';
import { type Answers, answersBinding, answersSchema } from './answers.js';

export const LOOK_BACKS = ['30', '90', '365'] as const;
export type LookBack = (typeof LOOK_BACKS)[number];

/** One local day with at least one check-in. Ratings are the mean of the day's, 0 to 10. */
export interface Day {
  /** YYYY-MM-DD. */
  readonly day: string;
  readonly mood?: number;
  readonly craving?: number;
}

export interface Past {
  /** Local dates (YYYY-MM-DD), both included. */
  readonly from: string;
  readonly to: string;
  /** Rising; only days with a check-in. */
  readonly days: readonly Day[];
}

/** A check-in with everything that was said in it. */
export interface Kept {
  readonly at: Date;
  /** IANA: where the member was then. */
  readonly zone: string;
  readonly template: string;
  readonly answers: Answers;
}

/** The member's own check-ins since an instant, oldest first. */
export async function checkInsSince({ db, cipher, member }: Scope, since?: Date): Promise<Kept[]> {
  const rows = await db.checkIn.findMany({
    where: { memberId: member.id, ...(since && { at: { gte: since } }) },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ id, at, zone, template, answers }) => ({
    at,
    zone,
    template,
    answers: answersSchema.parse(JSON.parse(cipher.open(answers, answersBinding(id)))),
  }));
}

const mean = (values: readonly number[]): number | undefined =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : undefined;

/** The days of the check-ins, each where the member was at that moment. */
export function daysOf(kept: readonly Kept[]): Day[] {
  const byDay = new Map<string, Answers[]>();
  for (const { at, zone, answers } of kept) {
    const day = dayOf(at, zone).toString();
    byDay.set(day, [...(byDay.get(day) ?? []), answers]);
  }
  const rated = (all: readonly Answers[], question: 'mood' | 'craving') =>
    mean(all.flatMap((answers) => answers[question] ?? []));
  return [...byDay]
    .map(([day, all]) => {
      const [mood, craving] = [rated(all, 'mood'), rated(all, 'craving')];
      return { day, ...(mood !== undefined && { mood }), ...(craving !== undefined && { craving }) };
    })
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** The member's last days, today included. */
export async function lookBack(scope: Scope, days: number): Promise<Past> {
  const { member, now } = scope;
  const today = dayOf(now, member.zone);
  const from = today.subtract({ days: days - 1 });
  // A day more, because another zone's day may have begun earlier.
  const since = new Date(from.subtract({ days: 1 }).toZonedDateTime(member.zone).epochMilliseconds);
  const found = daysOf(await checkInsSince(scope, since)).filter(({ day }) => day >= from.toString());
  return { from: from.toString(), to: today.toString(), days: found.filter(({ day }) => day <= today.toString()) };
}

/** What a row of ratings says in words. `mostly` is the median, rounded; left out where there are too few to speak of. */
export interface Range {
  readonly least: number;
  readonly most: number;
  readonly mostly?: number;
}

const ENOUGH = 3;

/** @returns undefined when there is no rating */
export function rangeOf(days: readonly Day[], question: 'mood' | 'craving'): Range | undefined {
  const values = days.flatMap((day) => day[question] ?? []).sort((a, b) => a - b);
  if (values.length === 0) return undefined;
  const [low, high] = [values[Math.floor((values.length - 1) / 2)], values[Math.ceil((values.length - 1) / 2)]];
  const middle = ((low ?? 0) + (high ?? 0)) / 2;
  return {
    least: Math.round(values[0] ?? 0),
    most: Math.round(values.at(-1) ?? 0),
    ...(values.length >= ENOUGH && { mostly: Math.round(middle) }),
  };
}
