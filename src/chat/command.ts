import type { Key, Words } from '../words/index.js';
import type { Input, Path, Reply, Text } from './message.js';
import type { Args, Params } from './param.js';
import type { Capabilities, Channel, Platform } from './platform.js';

/** Who may say it. Coordinators may say what facilitators may; `admin`: coordinators, and whoever administers the guild or workspace. */
export type Role = 'anyone' | 'mentor' | 'facilitator' | 'coordinator' | 'admin';

/** What every command can rely on. */
export interface Ctx extends Words {
  readonly platform: Platform;
  /** The reader's BCP 47 tag. */
  readonly locale: string;
  readonly now: Date;
  /**
   * Unguessable, and the same when the person tries again what we could not tell to be saved: a verb that makes its row's id
   * of it writes once, also when the connection was lost at the very commit.
   */
  readonly attempt: string;
  readonly user: { readonly id: string; readonly zone?: string };
  readonly space?: { readonly id: string; readonly name?: string };
  /** Where it was said. */
  readonly channel?: Channel;
  /** What the reader's platform can do. */
  readonly can: Capabilities;
  readonly commands: readonly AnyCommand[];
}

/**
 * One thing that can be said, as data. Its words are in the catalogue under `commands.<root>.<sub>`: `help`, `title`, and
 * for each param `label`, `help` and `choices`.
 *
 * `C` is what `run` gets beyond {@link Ctx}. With `offline` it may be missing, because the answer must come without a database.
 * `A` is what the project knows to count.
 */
export interface Command<P extends Params, C, A extends string = string> {
  readonly path: Path;
  readonly role: Role;
  readonly reply: 'private' | 'public';
  readonly params: P;
  /** A form opens when a required param is missing (default), when nothing was given, or always. */
  readonly form?: 'when-missing' | 'when-empty' | 'always';
  /** The answer can take longer than people wait without a word: what they read until it is there. Only with a private reply. */
  readonly meanwhile?: Key;
  /** Answers although the database is down. */
  readonly offline?: boolean;
  /** Anyone may say it, and what they may do here decides what they are shown: the platform is asked for it. */
  readonly asksRoles?: boolean;
  /** The act with a limit of its own that it is, such as a request or a post; counted when it is done, so a command that only asks whether it shall be has none. */
  readonly counts?: A;
  /** It is done however much was said before. */
  readonly neverHeldBack?: true;
  /** Who left the community, was removed or banned may still say it; what is offline answers to them as well. */
  readonly forWhoIsGone?: true;
  /** Reached by a tap or a page, not by typing. */
  readonly hidden?: boolean;
  /** What its form is called, where that is not found by its path. At most 24 characters. */
  readonly title?: Key;
  /** Typed with this input, another command is meant. Synchronous, because it decides the first response. */
  readonly forward?: (input: Input) => { readonly path: Path; readonly input: Input } | undefined;
  run(args: Args<P>, ctx: C): Promise<Reply>;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of commands holds every shape of args, and only `run` cares which.
export type AnyCommand = Command<any, any, any>;

export const pathName = (path: Path): string => path.filter(Boolean).join('.');
export type { Args, Key, Params, Path, Reply, Text };
