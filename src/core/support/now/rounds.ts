import type { SupportAnswer } from '../../../db/generated/client.js';

const MINUTE = 60_000;
/** How many are asked at once, at first; and in every further round. */
export const FIRST_ROUND = 2;
export const FURTHER_ROUND = 3;
/** From this round on those who look after the community are asked too. */
export const COORDINATORS_FROM = 3;
/** Milliseconds after which more people are asked, when nobody said yes. */
export const ROUND = 5 * MINUTE;

export interface Ask {
  readonly memberId: string;
  readonly isCoordinator: boolean;
  /** From 1. */
  readonly round: number;
  readonly askedAt: Date;
  readonly said: SupportAnswer | null;
}

/** Somebody who could be asked, at this moment. */
export interface Candidate {
  readonly memberId: string;
  /** Within hours of their own. */
  readonly isOn: boolean;
  readonly isPaused: boolean;
  readonly isCoordinator: boolean;
}

/** One search for somebody, as far as it has come. */
export interface Search {
  readonly asker: string;
  readonly now: Date;
  /** When it began, or began anew. */
  readonly since: Date;
  /** When it ends by itself. */
  readonly until: Date;
  /** Who is asked first stands first. */
  readonly candidates: readonly Candidate[];
  /** Whom the asker is not to be brought together with. */
  readonly apart: ReadonlySet<string>;
  /** All of this request, also from before it began anew. */
  readonly asks: readonly Ask[];
}

type NewAsk = Pick<Ask, 'memberId' | 'isCoordinator' | 'round'>;

/**
 * `asking`: volunteers are; `coordinators`: those who look after the community are, too; `nobody`: everybody was asked who can be,
 * and nobody who was is waited for; one of them may still say yes, and whoever comes on call is asked.
 */
export type Round =
  | { readonly state: 'taken'; readonly by: string }
  | { readonly state: 'over' }
  | {
      readonly state: 'asking' | 'coordinators' | 'nobody';
      /** To be asked now. */
      readonly ask: readonly NewAsk[];
      /** When to look again, if nobody says anything before. */
      readonly next: Date;
    };

const after = (at: Date, ms: number) => new Date(at.getTime() + ms);
const earlier = (a: Date, b: Date) => (a < b ? a : b);

/**
 * Who may be asked: nobody twice, whatever they said. Only who had not answered when somebody else took it can be asked again when
 * that came to nothing.
 */
function askable({ asker, candidates, apart, asks, since }: Search): Candidate[] {
  const settled = asks.filter(({ said, askedAt }) => said !== null || askedAt >= since);
  const known = new Set([asker, ...apart, ...settled.map(({ memberId }) => memberId)]);
  return candidates.filter(({ memberId, isPaused }) => !isPaused && !known.has(memberId));
}

const sizeOf = (count: number) => (count === 1 ? FIRST_ROUND : FURTHER_ROUND);

/** Volunteers who are on call and were not asked, as many as told. */
const volunteers = (search: Search, most: number): Candidate[] =>
  askable(search)
    .filter(({ isOn }) => isOn)
    .slice(0, most);

const asVolunteers = (chosen: readonly Candidate[], round: number): NewAsk[] =>
  chosen.map(({ memberId }) => ({ memberId, isCoordinator: false, round }));

/** The next round: volunteers who are on call, and from the third on, or when none is left, those who look after the community. */
function nextRound(search: Search, count: number, round: number): NewAsk[] {
  const chosen = volunteers(search, sizeOf(count));
  const asksCoordinators = count >= COORDINATORS_FROM || chosen.length === 0;
  const others = askable(search).filter((one) => asksCoordinators && one.isCoordinator && !chosen.includes(one));
  return [...asVolunteers(chosen, round), ...others.map(({ memberId }) => ({ memberId, isCoordinator: true, round }))];
}

/**
 * What is to be done for somebody who would like to talk to a person now, from whom was asked and what they said, and the time. It
 * keeps no state of its own, so that a downtime or two answers at once are like any other moment.
 */
export function lookForSomeone(search: Search): Round {
  const { now, since, until, asks } = search;
  const yes = asks.find(({ said }) => said === 'yes');
  if (yes) return { state: 'taken', by: yes.memberId };
  if (now >= until) return { state: 'over' };
  const present = asks.filter(({ askedAt }) => askedAt >= since);
  const rounds = [...new Set(present.map(({ round }) => round))].sort((a, b) => a - b);
  const last = present.filter(({ round }) => round === rounds.at(-1));
  const isCoordinated = (more: readonly Pick<Ask, 'isCoordinator'>[]) =>
    [...present, ...more].some(({ isCoordinator }) => isCoordinator) ? 'coordinators' : 'asking';

  const began = Math.min(...last.map(({ askedAt }) => askedAt.getTime()));
  const waitsUntil = new Date(began + ROUND);
  if (last.some(({ said }) => said === null) && now < waitsUntil) {
    // Who could not be told takes nobody's place.
    const reached = last.filter(({ said, isCoordinator }) => said !== 'unreached' && !isCoordinator).length;
    const ask = asVolunteers(volunteers(search, Math.max(0, sizeOf(rounds.length) - reached)), rounds.at(-1) ?? 1);
    return { state: isCoordinated(ask), ask, next: earlier(waitsUntil, until) };
  }
  const ask = nextRound(search, rounds.length + 1, Math.max(0, ...asks.map(({ round }) => round)) + 1);
  const next = earlier(after(now, ROUND), until);
  return { state: ask.length === 0 ? 'nobody' : isCoordinated(ask), ask, next };
}
