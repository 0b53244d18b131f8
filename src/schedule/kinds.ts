import type { Address, PrivateThread, Reply, Sent } from '../chat/index.js';
import type { Notice } from '../core/notice.js';
import type { Prisma } from '../db/generated/client.js';
import type { ErrandTrouble } from '../log/fields.js';

/** A transaction across communities: a batch of due rows belongs to many of them. */
export type Tx = Prisma.TransactionClient;

/** What fell due. */
export interface DueRow {
  readonly id: string;
  readonly communityId: string;
  readonly subjectId: string;
  /** The promised instant, which may be long ago after a downtime. */
  readonly dueAt: Date;
}

/** A message to be sent. */
export type NewDelivery = Notice;

/** A delivery as it is kept. */
export interface Delivery extends Notice {
  readonly id: string;
  /** Of one that is queued: `closed` when its direct conversation refused it and it goes to a thread instead. */
  readonly reason: string | null;
  /** How often sending failed so far, and how many of these were not the platform's fault. */
  readonly tries: number;
  readonly faults: number;
}

export interface Due {
  readonly deliveries: readonly NewDelivery[];
  /** For every row, by id: when it falls due next, later than it did now; null when there is nothing left to do. */
  readonly next: ReadonlyMap<string, Date | null>;
}

/**
 * What to send and where, or one word that says why not. With `edit` it takes the place of a message that was sent there:
 * the platform's id of it, as its delivery keeps it in `ref`.
 */
export type Rendered = { readonly to: Address; readonly reply: Reply; readonly edit?: string } | { readonly drop: string };

/** Where a message goes that a closed direct conversation did not take, if its recipient agreed to that. */
export interface Fallback {
  /**
   * As things stand at this moment; undefined where they agreed to nothing. Others can look into a thread, so what stands there
   * says no more than that there is something, and has a button that shows the rest to its recipient alone.
   */
  of(delivery: Delivery, reply: Reply, now: Date): Promise<{ readonly to: PrivateThread; readonly reply: Reply } | undefined>;
  /** It went to that thread, the platform's id. */
  used(delivery: Delivery, to: PrivateThread, thread: string, now: Date): Promise<void>;
}

/**
 * How a delivery ended without being sent. `dropped`: it was pointless (`late`, or what `render` said) or could not reach
 * anybody (the `why` of {@link Sent}, for a thread with `thread-` before it); `dead`: it failed again and again.
 */
export interface Failed {
  readonly state: 'dropped' | 'dead';
  readonly reason: string;
}

/** How an errand ended. `trouble`: a word for the operator, of what kept it from changing anything. */
export interface Done {
  /** When it falls due next, later than it did now; null when there is nothing left to do. */
  readonly next: Date | null;
  readonly trouble?: ErrandTrouble;
}

/**
 * What the engine must know of one kind of work. A kind may only fall due, only be delivered, or both. Nothing that it
 * throws is logged with its text.
 */
export interface Kind {
  /**
   * Decides for many rows at once, with a few queries for all of them. Called inside a transaction that may be undone and
   * repeated with fewer rows: it touches nothing but the database, through `tx`.
   */
  due?(rows: readonly DueRow[], tx: Tx, now: Date): Promise<Due>;
  /**
   * In place of `due`, for what takes long or asks somebody far away: done outside of any transaction, one at a time. May be
   * broken off by `signal`, or by a crash, and is then done again from the start.
   */
  errand?(row: DueRow, now: Date, signal: AbortSignal): Promise<Done>;
  /** Makes the message from the database at the moment of sending. */
  render?(delivery: Delivery, now: Date): Promise<Rendered>;
  /** Called in the transaction that ends a delivery which was not sent; may name others to be sent in its place. */
  failed?(delivery: Delivery, how: Failed, tx: Tx, now: Date): Promise<readonly NewDelivery[] | undefined>;
}

export type Kinds = Readonly<Record<string, Kind>>;
