/**
 * `removed`: the bot itself is in that guild or workspace no more, so that nothing can be said of anybody; `hidden`: the platform
 * does not tell us of this person; `busy`: worth trying again, `after` milliseconds where the platform said so.
 */
export interface MembershipUnknown {
  readonly ok: false;
  readonly why: 'removed' | 'hidden' | 'busy';
  readonly after?: number;
}

/** The bot was added to a guild or workspace, or removed from it. */
export interface BotMoved {
  readonly space: string;
  readonly isThere: boolean;
}

/** Somebody was banned from a guild or workspace. */
export interface Banned {
  readonly space: string;
  readonly account: string;
}

/** Who is still in a guild or workspace, where a platform tells it. Ids are the platform's. */
export interface Membership {
  /** Asks the platform. Somebody whose account was closed is there no more. Does not reject for what passes. */
  isMember(space: string, account: string): Promise<{ readonly ok: true; readonly isMember: boolean } | MembershipUnknown>;
  /** Calls that with every change that the platform tells of from now on; there is one listener. */
  watch(listener: (moved: BotMoved | Banned) => void): void;
}
