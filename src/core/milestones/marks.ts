/**
 * The points in time that people mark. Facts from design: data/reference/milestones.json (general practice; A.A. as commonly
 * kept, whose General Service Office endorses no chips; N.A. key tags as quoted in a 2016 meeting). Colours and tokens are
 * left out: they differ from shop to shop. Every one of them is equally valid, and a member chooses.
 */
export type Mark =
  | { readonly unit: 'days'; readonly count: number }
  | { readonly unit: 'months'; readonly count: number }
  | { readonly unit: 'years'; readonly count: number };

export interface MarkList {
  /** Rising. */
  readonly first: readonly Mark[];
  /** After the last of them: every so many. */
  readonly every: Mark;
}

const days = (...counts: number[]): Mark[] => counts.map((count) => ({ unit: 'days', count }));
const months = (...counts: number[]): Mark[] => counts.map((count) => ({ unit: 'months', count }));
const years = (...counts: number[]): Mark[] => counts.map((count) => ({ unit: 'years', count }));

/**
 * - `days`: counted in days
 * - `months`: by the calendar, from one month on
 * - `aa`, `na`: as those fellowships commonly keep them
 * - `years`: anniversaries only, such as of coming to a programme (as Al-Anon and Nar-Anon keep them)
 */
export const MARK_LISTS = {
  days: { first: days(1, 7, 14, 30, 60, 90, 120, 180, 270, 365, 545, 730), every: { unit: 'days', count: 365 } },
  months: { first: [...months(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), ...years(1)], every: { unit: 'years', count: 1 } },
  aa: {
    first: [...days(1, 30, 60, 90), ...months(4, 5, 6, 7, 8, 9, 10, 11), ...years(1), ...months(18), ...years(2)],
    every: { unit: 'years', count: 1 },
  },
  na: {
    first: [...days(1, 30, 60, 90), ...months(6, 9), ...years(1), ...months(18), ...years(2)],
    every: { unit: 'years', count: 1 },
  },
  years: { first: years(1), every: { unit: 'years', count: 1 } },
} as const satisfies Record<string, MarkList>;

export type MarkListName = keyof typeof MARK_LISTS;

/**
 * What can be kept. Only `recovery` has to do with not using; the others are for people and programmes that do not count
 * abstinence (SMART Recovery by design, harm reduction): time since something, time in a programme, or days on which
 * something was done, in any order and with any gaps.
 */
export const MILESTONE_KINDS = {
  recovery: 'since',
  sinceEvent: 'since',
  inProgramme: 'since',
  planKept: 'tally',
  checkedIn: 'tally',
  goalReached: 'tally',
} as const satisfies Record<string, 'since' | 'tally'>;

export type MilestoneKind = keyof typeof MILESTONE_KINDS;
