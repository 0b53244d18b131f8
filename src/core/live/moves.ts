/**
 * What a live session is, and each single change of it. The state holds instants and never a time that is left: whoever looks at it,
 * and after whichever downtime, finds the right time left.
 */

import { later } from '../../time/later.js';
import { MINUTE } from './kinds.js';

export interface Hand {
  readonly id: string;
  readonly member: string;
  readonly order: number;
  readonly isNew: boolean;
}

/** Whose turn it is. `until` is when the time that they were given is over; they are not cut off then. */
export interface Sharing extends Hand {
  readonly since: Date;
  readonly until: Date;
}

export interface LiveState {
  readonly startedAt: Date;
  /** When it ends by itself. */
  readonly closesAt: Date;
  /** How many steps the script has. */
  readonly steps: number;
  readonly step: number;
  readonly stepSince: Date;
  readonly pausedAt?: Date;
  readonly shareMinutes: number;
  readonly isMuted: boolean;
  readonly isClosed: boolean;
  readonly allowsUnnamed: boolean;
  readonly newcomersFirst: boolean;
  /** While somebody shares, the other microphones in its voice channel or stage are off. */
  readonly isQuiet: boolean;
  /** Nobody: without a leader. */
  readonly chair?: string;
  readonly coChair?: string;
  readonly chairSeenAt: Date;
  /** Hands that are up, in any order. */
  readonly hands: readonly Hand[];
  readonly sharing?: Sharing;
  readonly endedAt?: Date;
}

/** The session's own clock, which stands still while it is paused. */
export const clockOf = ({ pausedAt }: LiveState, now: Date): Date => pausedAt ?? now;

/** Who waits, in the order in which they will have their turn. */
export const lineOf = ({ hands, newcomersFirst }: Pick<LiveState, 'hands' | 'newcomersFirst'>): readonly Hand[] =>
  [...hands].sort((a, b) => (newcomersFirst ? Number(b.isNew) - Number(a.isNew) : 0) || a.order - b.order);

/** The turn of a hand. @param hand undefined when nobody is left: then nobody shares */
export function begin(state: LiveState, hand: Hand | undefined, now: Date): LiveState {
  const { sharing: _, ...rest } = state;
  if (!hand) return rest;
  const until = later(clockOf(state, now), state.shareMinutes * MINUTE);
  return { ...rest, hands: state.hands.filter(({ id }) => id !== hand.id), sharing: { ...hand, since: now, until } };
}

/** The turn of whoever is next in the line. */
export const onward = (state: LiveState, now: Date): LiveState => begin(state, lineOf(state)[0], now);

/** The clock goes on, and everything is as much later as it stood still. */
export function resume(state: LiveState, now: Date): LiveState {
  const { pausedAt, sharing, ...rest } = state;
  if (!pausedAt) return state;
  const stood = now.getTime() - pausedAt.getTime();
  return {
    ...rest,
    stepSince: later(rest.stepSince, stood),
    closesAt: later(rest.closesAt, stood),
    ...(sharing && { sharing: { ...sharing, until: later(sharing.until, stood) } }),
  };
}

/** More time, counted from the end that was given, or from now when that is over. */
export function extend(state: LiveState, seen: Date, minutes: number, now: Date): LiveState {
  const { sharing } = state;
  if (!sharing || sharing.until.getTime() !== seen.getTime()) return state;
  const from = Math.max(sharing.until.getTime(), clockOf(state, now).getTime());
  return { ...state, sharing: { ...sharing, until: new Date(from + minutes * MINUTE) } };
}

/** The one who leads and the one who would take over change places, so that the way back is as short. */
export function seat(state: LiveState, chair: string, now: Date): LiveState {
  const { coChair, ...rest } = state;
  const before = state.chair === chair ? undefined : state.chair;
  const other = before ?? (coChair === chair ? undefined : coChair);
  return { ...rest, chair, chairSeenAt: now, ...(other !== undefined && { coChair: other }) };
}

/** Over: nobody shares or waits any more. */
export function end(state: LiveState, now: Date): LiveState {
  const { sharing: _, pausedAt: __, ...rest } = state;
  return { ...rest, hands: [], endedAt: now };
}
