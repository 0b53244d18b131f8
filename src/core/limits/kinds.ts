/** At most so many in so many milliseconds. */
export interface Limit {
  readonly most: number;
  readonly within: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How much one member, and how much everybody in a community together, may do of what reaches others or costs much: far more than
 * anybody does by hand, and less than a program would. What is absent has no limit of that kind.
 */
export const LIMITS = {
  /** Anything that is said to the bot. Counted in the process, before anything is looked up. */
  command: { person: { most: 90, within: MINUTE }, community: { most: 1500, within: MINUTE } },
  /** Requests for a sponsor or mentor: each asks people. */
  request: { person: { most: 5, within: 7 * DAY }, community: { most: 100, within: DAY } },
  /** Reports of members. Never held back because of what others report. */
  report: { person: { most: 5, within: 7 * DAY } },
  /** Reports of services. */
  serviceReport: { person: { most: 10, within: DAY }, community: { most: 200, within: DAY } },
  /** Services that are suggested. */
  suggestion: { person: { most: 10, within: DAY }, community: { most: 100, within: DAY } },
  /** Messages through the bot. Never held back because of what others write. */
  relay: { person: { most: 20, within: 10 * MINUTE } },
  /** What is said in a channel. */
  post: { person: { most: 20, within: HOUR }, community: { most: 300, within: HOUR } },
  /** Asking somebody by name for something. */
  reach: { person: { most: 20, within: DAY }, community: { most: 500, within: DAY } },
  /** Files and pictures that are made. */
  export: { person: { most: 20, within: HOUR }, community: { most: 300, within: HOUR } },
} as const satisfies Record<string, { readonly person: Limit; readonly community?: Limit }>;

export type Act = keyof typeof LIMITS;

/** These have a row each, and are counted on those, in the transaction that makes one. */
export type CountedOnRows = 'request' | 'report' | 'serviceReport' | 'relay';

/** Tells facilitators that something was done far too often; the subject is the count. */
export const FLOOD = 'limits.flood';
/** Milliseconds until facilitators may be told of the same again. */
export const TOLD_FOR = DAY;
/** Milliseconds for which a count is kept after it began: the longest one, and a day. */
export const KEPT_FOR = 2 * DAY;

/** When something may be done again that was begun to be counted then. */
export const againAt = (since: Date, { within }: Limit): Date => new Date(since.getTime() + within);
/** Since when it counts. */
export const countsSince = (now: Date, { within }: Limit): Date => new Date(now.getTime() - within);
