import type { RoomKind } from '../../../chat/rooms.js';

/** Somebody in any room of the guild, as it matters to one session. */
export interface Present {
  readonly account: string;
  readonly room: string;
  /** Their microphone is off: muted in a voice channel, in the audience of a stage. */
  readonly isOff: boolean;
  readonly isBot: boolean;
  readonly leads: boolean;
}

/** A microphone that we turned, off or on. */
export interface Touched {
  readonly account: string;
  readonly isOff: boolean;
  readonly state: 'asked' | 'done' | 'byHand';
  /** Long enough ago that what is known of the rooms shows it. */
  readonly isSettled: boolean;
}

export interface Hearing {
  readonly kind: RoomKind;
  /** The session's. */
  readonly room: string;
  readonly people: readonly Present[];
  readonly touched: readonly Touched[];
  /** Accounts of the one who shares now; none while nobody does. */
  readonly sharers: ReadonlySet<string>;
  /** The session is over, or its microphones are left alone from now on. */
  readonly isOver: boolean;
}

/**
 * `make`: turn it; `undo`: turn it back and forget it, `room` absent: they are in none; `forget`: it is as it was, or not ours
 * any more; `leave`: somebody else turned it since, and they decide.
 */
export type Step =
  | { readonly do: 'make'; readonly account: string; readonly room: string; readonly isOff: boolean }
  | { readonly do: 'undo'; readonly account: string; readonly room?: string; readonly isOff: boolean }
  | { readonly do: 'forget' | 'leave'; readonly account: string };

/** What a microphone should be while somebody shares who is there; undefined: what it is without us. */
function wantedOf({ kind, room, sharers, isOver }: Hearing, isOn: boolean, person: Present): boolean | undefined {
  if (isOver || !isOn || person.isBot || person.leads || person.room !== room) return undefined;
  if (!sharers.has(person.account)) return true;
  return kind === 'stage' ? false : undefined;
}

function stepFor(hearing: Hearing, person: Present, touched: Touched | undefined, wanted: boolean | undefined): Step[] {
  const { account, room, isOff } = person;
  if (!touched) return wanted === undefined || wanted === isOff ? [] : [{ do: 'make', account, room, isOff: wanted }];
  const isAsOurs = isOff === touched.isOff;
  const isByHand = touched.state === 'byHand';
  // To move to the audience of a stage, or out of it, ends with that stage.
  if (hearing.kind === 'stage' && room !== hearing.room) return [{ do: 'forget', account }];
  if (isByHand) return hearing.isOver || (!touched.isOff && wanted !== false) ? [{ do: 'forget', account }] : [];
  const isTheirs = !isAsOurs && touched.state === 'done' && touched.isSettled;
  if (wanted !== touched.isOff)
    return [isTheirs ? { do: 'forget', account } : { do: 'undo', account, room, isOff: !touched.isOff }];
  if (isTheirs) return [{ do: 'leave', account }];
  return !isAsOurs && touched.state === 'asked' ? [{ do: 'make', account, room, isOff: wanted }] : [];
}

/** Of somebody who is in no room: a stage forgets by itself, a mute waits for them. */
function stepForAbsent({ kind, isOver }: Hearing, { account, isOff, state }: Touched): Step[] {
  if (kind === 'stage' || (state === 'byHand' && isOver)) return [{ do: 'forget', account }];
  return isOver && state !== 'byHand' ? [{ do: 'undo', account, isOff: !isOff }] : [];
}

/**
 * What is to be done to the microphones of a room. While somebody shares who is there, those of all others are off; never those
 * of who leads and of bots. What we did is undone as soon as it has no reason any more; what somebody else did stays.
 * @returns those that are turned on first
 */
export function decide(hearing: Hearing): readonly Step[] {
  const { people, touched, sharers, room } = hearing;
  const isOn = people.some((person) => person.room === room && sharers.has(person.account));
  const ours = new Map(touched.map((one) => [one.account, one]));
  const here = new Set(people.map(({ account }) => account));
  const steps = [
    ...people.flatMap((one) => stepFor(hearing, one, ours.get(one.account), wantedOf(hearing, isOn, one))),
    ...touched.filter(({ account }) => !here.has(account)).flatMap((one) => stepForAbsent(hearing, one)),
  ];
  const turnsOff = (step: Step) => Number('isOff' in step && step.isOff);
  return steps.sort((a, b) => turnsOff(a) - turnsOff(b));
}
