import type { Scope } from '../scope.js';

/** From so many on, and within so many milliseconds, reports are said to have come together. */
export const TOGETHER = { people: 3, within: 24 * 3_600_000 };

/** A report as far as it counts: the one who is different in each, when it was, and whether it is one of those that are looked at. */
export interface Counted {
  readonly who: string;
  readonly at: Date;
  readonly isLookedAt: boolean;
}

/** What came together with reports that somebody looks at. */
export interface Together {
  /** About whom many reported, with how many did. */
  readonly about: readonly { readonly memberId: string; readonly people: number }[];
  /** For each who reported many: how many they reported. Not who, nor whom. */
  readonly by: readonly number[];
}

/** Of how many different ones there are reports within one such time in which is one that is looked at; 0: fewer than make it together. */
export function cameTogether(reports: readonly Counted[]): number {
  const sizes = reports.map(({ at: first }) => {
    const until = first.getTime() + TOGETHER.within;
    const near = reports.filter(({ at }) => at >= first && at.getTime() <= until);
    return near.some(({ isLookedAt }) => isLookedAt) ? new Set(near.map(({ who }) => who)).size : 0;
  });
  const most = Math.max(0, ...sizes);
  return most >= TOGETHER.people ? most : 0;
}

/**
 * Whether reports that the reader looks at are some of many that came about the same member, or from one, within a day: closed ones
 * count as well. What is about the reader is left out, so that no number tells them of it.
 */
export async function reportsTogether(
  { db, member }: Pick<Scope, 'db' | 'member'>,
  looked: readonly string[],
): Promise<Together> {
  const ids = new Set(looked);
  const shown = await db.memberReport.findMany({ where: { id: { in: [...ids] }, reportedId: { not: member.id } } });
  if (shown.length === 0) return { about: [], by: [] };
  const times = shown.map(({ createdAt }) => createdAt.getTime());
  const [first, last] = [Math.min(...times) - TOGETHER.within, Math.max(...times) + TOGETHER.within];
  const near = await db.memberReport.findMany({
    where: { createdAt: { gte: new Date(first), lte: new Date(last) }, reportedId: { not: member.id } },
  });
  const count = (one: 'reporterId' | 'reportedId', others: typeof one) =>
    [...new Set(shown.map((report) => report[one]))].flatMap((memberId) => {
      const counted = near.flatMap(({ id, createdAt: at, ...report }) => {
        const who = report[others];
        return report[one] === memberId && who !== null ? [{ who, at, isLookedAt: ids.has(id) }] : [];
      });
      const people = cameTogether(counted);
      return memberId !== null && people > 0 ? [{ memberId, people }] : [];
    });
  return { about: count('reportedId', 'reporterId'), by: count('reporterId', 'reportedId').map(({ people }) => people) };
}
