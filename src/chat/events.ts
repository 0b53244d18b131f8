/** A date as a platform's own calendar shows it. Texts without blanks at their ends, times in whole seconds. */
export interface NativeEvent {
  /** At most 100 characters. */
  readonly title: string;
  /** At most 1,000 characters. */
  readonly description?: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** A channel of the platform by its id, or anywhere else in words, at most 100 characters. */
  readonly where:
    | { readonly kind: 'voice' | 'stage'; readonly channel: string }
    | { readonly kind: 'words'; readonly text: string };
}

/** An event as it is there at this moment. */
export interface ThereEvent {
  /** The platform's id. */
  readonly ref: string;
  readonly event: NativeEvent;
  /** The bot made it. */
  readonly isOurs: boolean;
  /** It has begun. */
  readonly isUnderWay: boolean;
}

/**
 * `gone`: there is no such event (any more), or it is over; `forbidden`: the bot lacks a permission, or the channel is not there;
 * `full`: there are as many as there may be; `busy`: worth trying again, `after` milliseconds where the platform said so.
 */
export interface EventRefused {
  readonly ok: false;
  readonly why: 'gone' | 'forbidden' | 'full' | 'busy';
  readonly after?: number;
}

/** The calendar of a guild, where a platform has one. None of these rejects for a reason that the platform gives in passing. */
export interface Events {
  read(space: string, ref: string): Promise<{ readonly ok: true; readonly there: ThereEvent } | EventRefused>;
  /** All that are to come or under way. */
  list(space: string): Promise<{ readonly ok: true; readonly all: readonly ThereEvent[] } | EventRefused>;
  create(space: string, event: NativeEvent): Promise<{ readonly ok: true; readonly ref: string } | EventRefused>;
  edit(space: string, ref: string, event: NativeEvent): Promise<{ readonly ok: true } | EventRefused>;
  remove(space: string, ref: string): Promise<{ readonly ok: true } | EventRefused>;
}
