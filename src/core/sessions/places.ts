import type { Rsvp } from '../../db/generated/client.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What one member said of one date, as far as it decides who has a place. */
export type Place = Pick<Rsvp, 'memberId' | 'state' | 'queue' | 'offeredAt' | 'offeredUntil'>;

/** What a member can say. `going` takes a place, or the end of the waitlist. */
export const RSVP_ANSWERS = ['going', 'maybe', 'no'] as const;
export type RsvpAnswer = (typeof RSVP_ANSWERS)[number];

export interface Room {
  /** How many may come; null: as many as want. */
  readonly capacity: number | null;
  readonly startsAt: Date;
  readonly now: Date;
  /** From when a member may be told that a place is theirs, where that is later than now. */
  tellFrom?(memberId: string): Date;
}

/** Until when a place is kept for somebody who is told of it at an instant: a day; two hours on the last day; never beyond the start. */
export function offerEnds(from: Date, startsAt: Date): Date {
  const window = startsAt.getTime() - from.getTime() < DAY ? 2 * HOUR : DAY;
  return new Date(Math.min(from.getTime() + window, startsAt.getTime()));
}

const holds = ({ state }: Place) => state === 'going' || state === 'offered';

/** How many more may come. Below zero when the capacity was lowered: nobody is sent away. */
const freeOf = (places: readonly Place[], capacity: number | null): number =>
  capacity === null ? Number.POSITIVE_INFINITY : capacity - places.filter(holds).length;

/** Who waits, first come first. */
export const waitlist = <P extends Place>(places: readonly P[]): P[] =>
  places.filter(({ state }) => state === 'waiting').sort((a, b) => a.queue - b.queue);

const isOver = ({ state, offeredUntil }: Place, now: Date) =>
  state === 'offered' && (offeredUntil === null || offeredUntil <= now);

/**
 * What becomes of the places at an instant: an offer whose time is over goes on, and whoever waits longest gets what is free.
 * From the start on nothing is offered any more. @returns all places, those that did not change as they were
 */
export function settlePlaces<P extends Place>(places: readonly P[], room: Room): P[] {
  const { capacity, startsAt, now, tellFrom } = room;
  const kept = places.map((place): P => (isOver(place, now) ? { ...place, state: 'lapsed' } : place));
  if (now >= startsAt) return kept;
  const next = new Set(waitlist(kept).slice(0, Math.max(0, freeOf(kept, capacity))));
  return kept.map((place): P => {
    if (!next.has(place)) return place;
    const told = tellFrom?.(place.memberId) ?? now;
    const offeredAt = told > now && told < startsAt ? told : now;
    return { ...place, state: 'offered', offeredAt, offeredUntil: offerEnds(offeredAt, startsAt) };
  });
}

/** The state that a member comes to by saying so, once everything else is settled. */
function stateAfter(places: readonly Place[], mine: Place | undefined, answer: RsvpAnswer, capacity: number | null) {
  if (answer !== 'going') return answer;
  if (mine && holds(mine)) return 'going';
  return freeOf(places, capacity) > 0 ? 'going' : 'waiting';
}

/**
 * What one answer does to all places. Who waits keeps their turn when they say yes again; who is new, or comes back, is last.
 * @returns all places afterwards, the member's own among them
 */
export function answerPlaces(places: readonly Place[], memberId: string, answer: RsvpAnswer, room: Room): Place[] {
  const settled = settlePlaces(places, room);
  const mine = settled.find((place) => place.memberId === memberId);
  const state = stateAfter(settled, mine, answer, room.capacity);
  const last = settled.reduce((most, { queue }) => Math.max(most, queue), 0) + 1;
  const queue = state === 'waiting' && mine?.state === 'waiting' ? mine.queue : last;
  const after: Place = { memberId, state, queue, offeredAt: null, offeredUntil: null };
  return settlePlaces([...settled.filter((place) => place.memberId !== memberId), after], room);
}
