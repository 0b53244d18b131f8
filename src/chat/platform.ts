export type Platform = 'discord' | 'slack' | 'playground';

/** Where something was said. */
export interface Channel {
  readonly id: string;
  /** Nobody else is there. */
  readonly direct: boolean;
  /** Where a private thread for one person could be opened from here; `allowed`: the bot has the permissions for it. */
  readonly threads?: { readonly channel: string; readonly allowed: boolean };
  /** Where the platform has a calendar of its own; `allowed`: the bot may put something into it. */
  readonly events?: { readonly allowed: boolean };
  /** Where the platform has voice channels; `allowed`: the bot may turn microphones there. */
  readonly rooms?: { readonly allowed: boolean };
}

/** What a platform can do, declared so that nothing has to guess. */
export interface Capabilities {
  /** Fields that fit in one form; a longer form is asked in steps. */
  readonly formFields: number;
  /** The most bytes of a file in an answer. */
  readonly fileBytes: number;
  /** A refused form can show its problems beside its fields; elsewhere a private reply offers the form again, filled in. */
  readonly fieldErrors: boolean;
  /** Typed options with completion while typing. */
  readonly completion: boolean;
  /** The platform tells a person's time zone. */
  readonly zone: boolean;
  /**
   * A private thread can be opened for one person who takes no direct messages. Those who moderate the channel can read it, and
   * nobody else.
   */
  readonly privateThreads?: true;
  /** A guild has a calendar of its own: the adapter has `events`. */
  readonly events?: true;
  /** A guild has voice channels in which microphones can be turned; false: whoever runs the bot did not let it know who is in them. */
  readonly rooms?: boolean;
  /** The platform's own limits for what an adapter's `send` asks of it; without them, as fast as it answers. */
  readonly send?: {
    /** Requests in any second, over all processes that share the bot. */
    readonly perSecond: number;
    /** Messages in any second to one channel or person. */
    readonly perChannelPerSecond?: number;
  };
}
