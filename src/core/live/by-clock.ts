/** What comes in a live session by the clock alone, decided without I/O. */

import { later } from '../../time/later.js';
import { MINUTE } from './kinds.js';
import { end, type LiveState, type Sharing } from './moves.js';

/** Milliseconds by which a share that goes on puts off the end. */
export const LET_FINISH = 10 * MINUTE;
/** Milliseconds after which a session that stands still ends all the same. */
export const STILL = 120 * MINUTE;

/**
 * Its time is over and nobody ended it. Whoever still shares is let finish, and one that stands still may go on for a
 * while: then it is looked at again at its new `closesAt`.
 */
export function closeItself(state: LiveState, now: Date): LiveState {
  if (state.endedAt || now < state.closesAt) return state;
  const { sharing, pausedAt } = state;
  if (pausedAt) {
    const last = later(pausedAt, STILL);
    return now < last ? { ...state, closesAt: last } : end(state, now);
  }
  const finished = sharing && later(sharing.until, LET_FINISH);
  return finished && now < finished ? { ...state, closesAt: finished } : end(state, now);
}

export type Cue = 'turn' | 'minute' | 'end';

/** When whoever shares is told something in private, rising: that it is their turn, one minute left, and the end. */
export function cuesOf({ since, until }: Pick<Sharing, 'since' | 'until'>): readonly { readonly what: Cue; readonly at: Date }[] {
  const minute = later(until, -MINUTE);
  return [
    { what: 'turn', at: since },
    ...(minute > since ? [{ what: 'minute' as const, at: minute }] : []),
    { what: 'end', at: until },
  ];
}
