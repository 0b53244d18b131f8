import type { AnyCommand } from './command.js';
import type { Events } from './events.js';
import type { Form, Problem } from './form.js';
import type { Membership } from './membership.js';
import type { Choice, Input, Message, Path } from './message.js';
import type { Capabilities, Channel, Platform } from './platform.js';
import type { Remover } from './remover.js';
import type { Rooms } from './rooms.js';

/** What a person did. */
export type Said =
  | { readonly kind: 'call'; readonly path: Path; readonly input: Input }
  /** Words that named no command we know; answered with what can be said. */
  | { readonly kind: 'lost'; readonly root: string; readonly words: string }
  | { readonly kind: 'press'; readonly id: string; readonly values?: readonly string[] }
  | { readonly kind: 'submit'; readonly id: string; readonly input: Input };

/** What the platform says of a person at this moment. */
export interface Standing {
  /** Administers the guild or workspace. */
  readonly admin: boolean;
  /** Platform ids of the roles or user groups held. */
  readonly roles: readonly string[];
}

export interface Invocation {
  readonly platform: Platform;
  readonly said: Said;
  readonly user: {
    readonly id: string;
    /** BCP 47. */
    readonly locale?: string;
    /** IANA, where the platform knows it. */
    readonly zone?: string;
  };
  /** The guild or workspace; absent in a Discord direct message. */
  readonly space?: { readonly id: string; readonly name?: string };
  readonly channel?: Channel;
  /** Asked only after the first response, so it may do I/O. */
  standing(): Promise<Standing>;
}

/** The one irrevocable first response. `meanwhile` is shown until the answer is there, to the one who asked. */
export type First =
  | { readonly first: 'ack'; readonly show: 'private' | 'public' | 'edit'; readonly meanwhile?: Message }
  | { readonly first: 'form'; readonly form: Form };

export interface Router {
  readonly commands: readonly AnyCommand[];
  /** Synchronous and without I/O, because the platform waits at most three seconds for it. */
  plan(call: Invocation, can: Capabilities): First;
  /** Synchronous: what is wrong with a submitted form. Empty when it can be run. */
  check(call: Invocation, can: Capabilities): readonly Problem[];
  /** Never rejects: an error becomes a message that the person can act on. */
  run(call: Invocation, can: Capabilities): Promise<Message>;
  suggest(call: Invocation, path: Path, param: string, typed: string): Promise<readonly Choice[]>;
}

export type Address =
  | { readonly kind: 'direct'; readonly space: string; readonly user: string }
  | { readonly kind: 'channel'; readonly space: string; readonly channel: string }
  | PrivateThread;

/** A thread in a channel that one person was added to and nobody else. Made when there is none yet. */
export interface PrivateThread {
  readonly kind: 'thread';
  readonly space: string;
  /** Where it is, or is made. */
  readonly channel: string;
  readonly user: string;
  /** What a new one is called. Moderators read it: it says nothing. */
  readonly title: string;
  /** The same for the same person and for nobody else, and opaque: part of the name, so that a thread is found instead of made twice. */
  readonly mark: string;
  /** The platform's id of it, as {@link Sent} told it. Without it, it is looked for, and the person is added (again). */
  readonly known?: string;
}

/**
 * `closed`: the person does not take direct messages; `gone`: the person, channel or space no longer exists;
 * `forbidden`: the bot lacks a permission; `left`: the person left the thread. None of them is worth trying again soon.
 */
export type Sent =
  /** `thread`: the platform's id of the thread that it went to. */
  | { readonly ok: true; readonly ref: string; readonly thread?: string }
  | { readonly ok: false; readonly why: 'closed' | 'gone' | 'forbidden' | 'left' };

/** The platform could not take it now. Worth trying again. */
export class Busy extends Error {
  override readonly name = 'Busy';
  /** @param after milliseconds that the platform asked us to wait, if it said. */
  constructor(
    message: string,
    readonly after?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * Resolves when one more request to the platform keeps to its limits.
 * @throws {@link Busy} when nothing more may be sent now; the adapter passes it on
 */
export type Turn = () => Promise<void>;

export interface Adapter {
  readonly platform: Platform;
  readonly can: Capabilities;
  /** Problems that this platform would have with these definitions, one sentence each. Checked when the process starts. */
  review(commands: readonly AnyCommand[]): readonly string[];
  start(router: Router): Promise<void>;
  stop(): Promise<void>;
  /** Whether people there can reach us at this moment, as far as we can know. Without it, always. */
  listens?(): boolean;
  /**
   * Sends what nobody asked for at this moment. Never falls back from a direct message to a thread, nor from either to a channel.
   * @param once the same value for the same message, so that a retry is not a second message where the platform can tell.
   * @param turn awaited before each request that it takes; by default nothing is waited for
   * @throws {@link Busy}
   */
  send(to: Address, message: Message, once: string, turn?: Turn): Promise<Sent>;
  /**
   * Puts another message in the place of one that {@link send} sent, at any time afterwards. For messages that fit into one:
   * of a long one only the first part changes. The same edit twice is one edit.
   * @param ref as `send` gave it
   * @param to where it was sent
   * @returns `gone` when the message no longer exists
   * @throws {@link Busy}
   */
  edit(ref: string, to: Address, message: Message): Promise<Sent>;
  readonly remover: Remover;
  /**
   * Somebody was erased: forgets what it remembers of their account, and shows no page to them any more that has something of theirs.
   * @param user the platform's id
   */
  forget?(user: string): void;
  /** Where the platform has a calendar of its own. */
  readonly events?: Events;
  /** Where the platform has voice channels and tells us who is in them. */
  readonly rooms?: Rooms;
  /** Where the platform tells who is still there. */
  readonly membership?: Membership;
}
