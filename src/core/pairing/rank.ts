import type { MentorFacts } from './facts.js';
import type { SlotsLike } from './hours.js';
import { isOfferable, type Standing } from './offerable.js';
import type { PairingSettings } from './settings.js';
import { lotOf, traitsOf } from './traits.js';
import { fulfilledBy, takesTrait } from './wanted.js';
import type { Wish, Wishes, WishName } from './wishes.js';

/** How much a fulfilled wish counts where the community says nothing else: what decides whether two can talk at all counts most. */
export const WEIGHTS: Readonly<Record<WishName, number>> = {
  language: 6,
  hours: 5,
  medication: 5,
  experience: 4,
  gender: 4,
  pathway: 4,
  topic: 3,
  way: 3,
  pace: 2,
  recovery: 2,
  tone: 1,
};

/** Who asks, and for what. */
export interface Asker {
  readonly requestId: string;
  readonly memberId: string;
  readonly ageBand: string | null;
  readonly wishes: Wishes;
}

/** What a mentor says of themselves, and how many places they have. */
export interface Offering {
  readonly memberId: string;
  readonly facts: MentorFacts;
  readonly capacity: number;
  /** Places that are not free: people they are paired with, and open offers, each of which keeps one back. */
  readonly taken: number;
}

export interface Candidate extends Offering {
  readonly standing: Standing;
  /** Kept apart from the asker, paired with them now, or asked about this request before. */
  readonly isOut: boolean;
}

/** One wish that a mentor fulfils, and by which of its values. */
export interface Reason {
  readonly what: WishName;
  readonly values: readonly string[];
}

/** A mentor who may be asked, and why. */
export interface Suggestion {
  readonly mentorId: string;
  /** Hundredths of the weights of what was wished for and is not a must. */
  readonly score: number;
  readonly capacity: number;
  readonly taken: number;
  readonly reasons: readonly Reason[];
}

/** What two are compared by. */
export type Place = Pick<Suggestion, 'mentorId' | 'score' | 'taken'>;

/** Hundredths: whole numbers, so that a sum is the same wherever it is made. */
export const weightOf = (what: WishName, { weights }: Pick<PairingSettings, 'weights'>): number =>
  Math.round((weights[what] ?? WEIGHTS[what]) * 100);

/** The better first: the higher score, then the fewer places taken, then by lot, which falls differently for each request. */
export const better =
  (requestId: string) =>
  (a: Place, b: Place): number =>
    b.score - a.score ||
    a.taken - b.taken ||
    (lotOf(a.mentorId) ^ lotOf(requestId)) - (lotOf(b.mentorId) ^ lotOf(requestId)) ||
    (a.mentorId < b.mentorId ? -1 : Number(a.mentorId > b.mentorId));

/**
 * What a mentor is to an asker, by what both of them say; undefined where a must is not met or the mentor helps others only.
 * Whether they may be offered at all and have a place is not looked at.
 */
export function weigh(
  { wishes: { wishes, gender, zone } }: Pick<Asker, 'wishes'>,
  { memberId, facts, capacity, taken }: Offering,
  settings: Pick<PairingSettings, 'weights'>,
  like: SlotsLike,
): Suggestion | undefined {
  const traits = new Set(traitsOf(facts));
  if (!traits.has(takesTrait({ ...(gender && { gender }) }))) return undefined;
  const by = (wish: Wish) => fulfilledBy(wish, traits, { asker: zone, mentor: facts.zone }, like);
  const met = wishes.map((wish) => ({ wish, values: by(wish) }));
  if (met.some(({ wish, values }) => wish.must && values.length === 0)) return undefined;
  const reasons = met.filter(({ values }) => values.length > 0);
  return {
    mentorId: memberId,
    score: reasons.reduce((sum, { wish }) => sum + (wish.must ? 0 : weightOf(wish.what, settings)), 0),
    capacity,
    taken,
    reasons: reasons.map(({ wish, values }) => ({ what: wish.what, values })),
  };
}

/** Everybody who may be offered to this asker now, the best first. This is what a suggestion means; `suggest` only finds it faster. */
export function rank(
  asker: Asker,
  candidates: readonly Candidate[],
  settings: PairingSettings,
  now: Date,
  like: SlotsLike,
): Suggestion[] {
  const may = (one: Candidate) =>
    one.memberId !== asker.memberId && !one.isOut && one.taken < one.capacity && isOfferable(one.standing, asker, settings, now);
  return candidates
    .filter(may)
    .flatMap((one) => weigh(asker, one, settings, like) ?? [])
    .sort(better(asker.requestId));
}
