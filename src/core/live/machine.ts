/**
 * What happens in a live session, decided without I/O. The state holds instants and never a time that is left: whoever
 * looks at it, and after whichever downtime, finds the right time left.
 */

const MINUTE = 60_000;
/** Milliseconds without a sign of the chair after which the co-chair may take over. */
export const CHAIR_GONE = 3 * MINUTE;
/** Milliseconds by which a share that goes on puts off the end. */
export const LET_FINISH = 10 * MINUTE;
/** Milliseconds after which a session that stands still ends all the same. */
export const STILL = 120 * MINUTE;

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

const later = (at: Date, ms: number) => new Date(at.getTime() + ms);

/** The session's own clock, which stands still while it is paused. */
const clockOf = ({ pausedAt }: LiveState, now: Date): Date => pausedAt ?? now;

/** Who waits, in the order in which they will have their turn. */
export const lineOf = ({ hands, newcomersFirst }: Pick<LiveState, 'hands' | 'newcomersFirst'>): readonly Hand[] =>
  [...hands].sort((a, b) => (newcomersFirst ? Number(b.isNew) - Number(a.isNew) : 0) || a.order - b.order);

/** Milliseconds that the one who shares has left; negative when the time is over. */
export const timeLeft = (state: LiveState, now: Date): number | undefined =>
  state.sharing && state.sharing.until.getTime() - clockOf(state, now).getTime();

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

/** @param hand undefined when nobody is left: then nobody shares */
function begin(state: LiveState, hand: Hand | undefined, now: Date): LiveState {
  const { sharing: _, ...rest } = state;
  if (!hand) return rest;
  const until = later(clockOf(state, now), state.shareMinutes * MINUTE);
  return { ...rest, hands: state.hands.filter(({ id }) => id !== hand.id), sharing: { ...hand, since: now, until } };
}

const onward = (state: LiveState, now: Date): LiveState => begin(state, lineOf(state)[0], now);

function resume(state: LiveState, now: Date): LiveState {
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
function extend(state: LiveState, seen: Date, minutes: number, now: Date): LiveState {
  const { sharing } = state;
  if (!sharing || sharing.until.getTime() !== seen.getTime()) return state;
  const from = Math.max(sharing.until.getTime(), clockOf(state, now).getTime());
  return { ...state, sharing: { ...sharing, until: new Date(from + minutes * MINUTE) } };
}

/** The one who leads and the one who would take over change places, so that the way back is as short. */
function seat(state: LiveState, chair: string, now: Date): LiveState {
  const { coChair, ...rest } = state;
  const before = state.chair === chair ? undefined : state.chair;
  const other = before ?? (coChair === chair ? undefined : coChair);
  return { ...rest, chair, chairSeenAt: now, ...(other !== undefined && { coChair: other }) };
}

function end(state: LiveState, now: Date): LiveState {
  const { sharing: _, pausedAt: __, ...rest } = state;
  return { ...rest, hands: [], endedAt: now };
}

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
