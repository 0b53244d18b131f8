/** What becomes of a live session when somebody does something, decided without I/O: who may, and which change it is. */

import { MINUTE } from './kinds.js';
import { begin, clockOf, end, extend, type LiveState, onward, resume, seat } from './moves.js';

/** Milliseconds without a sign of the chair after which the co-chair may take over. */
export const CHAIR_GONE = 3 * MINUTE;

/** Who acts. `runs`: facilitators and coordinators, who may always lead. */
export interface Actor {
  readonly member: string;
  readonly runs: boolean;
}

export const SWITCHES = ['isMuted', 'isClosed', 'allowsUnnamed', 'isQuiet'] as const;
export type Switch = (typeof SWITCHES)[number];

/** What only those do who lead. `seen` is the turn that they saw when they tapped, so that a tap twice is one. */
export type Lead =
  | { readonly kind: 'next'; readonly seen: string | undefined }
  | { readonly kind: 'skip'; readonly seen: string | undefined; readonly to: string }
  | { readonly kind: 'step'; readonly to: number }
  | { readonly kind: 'extend'; readonly until: Date; readonly minutes: number }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'switch'; readonly which: Switch; readonly on: boolean }
  | { readonly kind: 'handOver'; readonly to: string }
  | { readonly kind: 'end' }
  | { readonly kind: 'look' };

export type Event =
  | Lead
  | { readonly kind: 'take' }
  /** What anybody does with their own hand or turn. */
  | { readonly kind: 'withdraw' | 'pass' | 'done' }
  /** With nobody to call the next, the first hand has its turn at once. */
  | { readonly kind: 'flow' };

/** Why something was not done: a key below `live.refused`. */
export type Refusal = 'over' | 'notYours' | 'notLeading' | 'chairIsHere' | 'notYourTurn' | 'noHand' | 'noStep';

export type Outcome = { readonly ok: true; readonly state: LiveState } | { readonly ok: false; readonly why: Refusal };

/** Whether the chair gave no sign for so long that another may take over. Nobody chairs: yes. */
export const isChairGone = ({ chair, chairSeenAt }: Pick<LiveState, 'chair' | 'chairSeenAt'>, now: Date): boolean =>
  chair === undefined || now.getTime() - chairSeenAt.getTime() >= CHAIR_GONE;

/** Without a leader everybody keeps it going: the next hand and the next step, and the end once its time is over. */
function isEverybodys(state: LiveState, event: Lead, now: Date): boolean {
  if (state.chair !== undefined) return false;
  return ['next', 'step', 'look', 'resume'].includes(event.kind) || (event.kind === 'end' && now >= state.closesAt);
}

/** Whether somebody leads at this moment. */
export const leads = ({ chair }: Pick<LiveState, 'chair'>, { member, runs }: Actor): boolean => runs || chair === member;

const mayTake = (state: LiveState, { member, runs }: Actor, now: Date): boolean =>
  runs || (state.coChair === member && isChairGone(state, now));

const OK = (state: LiveState): Outcome => ({ ok: true, state });
const no = (why: Refusal): Outcome => ({ ok: false, why });

function skip(state: LiveState, { seen, to }: Extract<Lead, { kind: 'skip' }>, now: Date): Outcome {
  if (state.sharing?.id !== seen) return OK(state);
  const hand = state.hands.find(({ id }) => id === to);
  return hand ? OK(begin(state, hand, now)) : no('noHand');
}

function lead(state: LiveState, event: Lead, now: Date): Outcome {
  switch (event.kind) {
    case 'next':
      return OK(state.sharing?.id === event.seen ? onward(state, now) : state);
    case 'skip':
      return skip(state, event, now);
    case 'step': {
      if (!Number.isInteger(event.to) || event.to < 0 || event.to >= state.steps) return no('noStep');
      return OK(event.to === state.step ? state : { ...state, step: event.to, stepSince: clockOf(state, now) });
    }
    case 'extend':
      return OK(extend(state, event.until, event.minutes, now));
    case 'pause':
      return OK(state.pausedAt ? state : { ...state, pausedAt: now });
    case 'resume':
      return OK(resume(state, now));
    case 'switch':
      return OK({ ...state, [event.which]: event.on });
    case 'handOver':
      return OK(seat(state, event.to, now));
    case 'end':
      return OK(end(state, now));
    case 'look':
      return OK(state);
  }
}

/** The hand goes down; whoever shares gives the turn on. To pass is free at any time, with a hand up or without. */
function own(state: LiveState, kind: 'withdraw' | 'pass' | 'done', member: string, now: Date): Outcome {
  if (state.sharing?.member === member) return OK(state.pausedAt ? begin(state, undefined, now) : onward(state, now));
  if (kind === 'done') return no('notYourTurn');
  return OK({ ...state, hands: state.hands.filter((hand) => hand.member !== member) });
}

const isLead = (event: Event): event is Lead => !['take', 'withdraw', 'pass', 'done', 'flow'].includes(event.kind);

function decide(state: LiveState, event: Event, actor: Actor, now: Date): Outcome {
  if (isLead(event)) {
    const may = leads(state, actor) || isEverybodys(state, event, now);
    return may ? lead(state, event, now) : no('notLeading');
  }
  switch (event.kind) {
    case 'take':
      if (state.chair === actor.member) return OK(state);
      if (mayTake(state, actor, now)) return OK(seat(state, actor.member, now));
      return no(state.coChair === actor.member ? 'chairIsHere' : 'notYours');
    case 'flow':
      return OK(state.chair === undefined && !state.sharing && !state.pausedAt ? onward(state, now) : state);
    default:
      return own(state, event.kind, actor.member, now);
  }
}

/** What becomes of a session when somebody does something. Whatever the chair does is a sign of the chair. */
export function apply(state: LiveState, event: Event, actor: Actor, now: Date): Outcome {
  if (state.endedAt) return event.kind === 'pass' || event.kind === 'withdraw' ? OK(state) : no('over');
  const seen = state.chair === actor.member ? { ...state, chairSeenAt: now } : state;
  return decide(seen, event, actor, now);
}
