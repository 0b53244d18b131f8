/** A voice channel, where everybody speaks; or a stage, where some speak and the others are its audience. */
export type RoomKind = 'voice' | 'stage';

/** Somebody who is in a voice channel or on a stage at this moment. */
export interface InRoom {
  /** The platform's id. */
  readonly account: string;
  /** The platform's id of the channel. */
  readonly room: string;
  /** Muted by the guild, wherever they are in it. */
  readonly isMuted: boolean;
  /** On a stage: in its audience. */
  readonly isAudience: boolean;
  readonly isBot: boolean;
  /** The platform's ids. */
  readonly roles: readonly string[];
}

/**
 * `away`: they are in no such room, so that nothing can be done to their microphone; `gone`: they left the guild; `forbidden`: the
 * bot lacks a permission, or the channel is not there; `busy`: worth trying again, `after` milliseconds where the platform said so.
 */
export interface RoomRefused {
  readonly ok: false;
  readonly why: 'away' | 'gone' | 'forbidden' | 'busy';
  readonly after?: number;
}

/** Who came, went, or had their microphone turned, in one guild. */
export interface RoomChange {
  readonly space: string;
  readonly accounts: readonly string[];
  /** Where they were and where they are. */
  readonly rooms: readonly string[];
}

/** Voice channels and stages, where a platform has them and tells who is there. Known in memory only, and told to nobody. */
export interface Rooms {
  /** How many microphones of one guild may be turned in as many milliseconds. */
  readonly pace: { readonly turns: number; readonly within: number };
  /** Everybody in any room of a guild; undefined while nothing was told of that guild yet. */
  people(space: string): readonly InRoom[] | undefined;
  /**
   * Turns a microphone off or on: mutes in a voice channel, moves to the audience of a stage or invites to speak. Once is as often.
   * Does not reject for a reason that the platform gives in passing.
   */
  turn(space: string, who: Pick<InRoom, 'account' | 'room'>, kind: RoomKind, isOff: boolean): Promise<{ ok: true } | RoomRefused>;
  /** Calls that with every change from now on; there is one listener. */
  watch(listener: (change: RoomChange) => void): void;
}
