import type { Occurrence } from '../../db/generated/client.js';
import { datesOf, type Exception, type SessionDate, type SessionRule, startByRule } from './occurrences.js';

type Row = Exception & Pick<Occurrence, 'zone'>;

/** What becomes of the rows of dates to come when their session is at other times from now on. */
export interface Reconciled<R extends Row> {
  /** They stay as they are: moved by hand, under way, or the new rule has the same date. */
  readonly kept: readonly R[];
  /** The new rule has that day at another time: the date goes there, with whoever comes. */
  readonly shifted: readonly { readonly row: R; readonly to: SessionDate }[];
  /** There is no such day any more: the date does not happen. */
  readonly dropped: readonly R[];
}

const DAY = 24 * 3_600_000;
const dayOf = (local: string) => local.slice(0, 10);

/**
 * @param after the rule as it is from now on
 * @param rows all rows of the session; those that are over, called off, or past say nothing about the future and are left out
 */
export function reconcile<R extends Row>(after: SessionRule, rows: readonly R[], now: Date): Reconciled<R> {
  const live = rows.filter(({ state }) => state === 'live');
  const coming = rows.filter(({ state, startsAt }) => state === 'planned' && startsAt > now);
  const byHand = coming.filter((row) => startByRule(row).getTime() !== row.startsAt.getTime());
  const byRule = coming.filter((row) => !byHand.includes(row));
  const last = Math.max(now.getTime(), ...byRule.map(({ startsAt }) => startsAt.getTime()));
  const dates = datesOf(after, [], now, new Date(last + 2 * DAY));
  const same = byRule.filter((row) => row.zone === after.zone && dates.some(({ local }) => local === row.local));
  // Every local time that a row has names its date, also one that was called off.
  const stays = rows.filter((row) => !byRule.includes(row) || same.includes(row));
  const taken = new Set(stays.map(({ local }) => local));
  const shifted: { row: R; to: SessionDate }[] = [];
  for (const row of byRule.filter((one) => !same.includes(one))) {
    const to = dates.find(({ local }) => dayOf(local) === dayOf(row.local) && !taken.has(local));
    if (!to) continue;
    taken.add(to.local);
    shifted.push({ row, to });
  }
  const isShifted = (row: R) => shifted.some((one) => one.row === row);
  return {
    kept: [...live, ...byHand, ...same],
    shifted,
    dropped: byRule.filter((row) => !same.includes(row) && !isShifted(row)),
  };
}
