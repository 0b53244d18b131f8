import type { Log } from '../log/log.js';
import type { Words } from '../words/index.js';
import type { Invocation } from './adapter.js';
import type { AnyCommand, Ctx } from './command.js';
import type { Reply } from './message.js';
import type { Known } from './param.js';
import type { Platform } from './platform.js';
import type { Keep, Kept } from './seal.js';

/** What the router needs of the world. `C` is the context that this project's commands get. */
export interface RouterDeps<C extends Ctx> {
  readonly commands: readonly AnyCommand[];
  now(): Date;
  /**
   * Who this is, in which community, with which powers. Offline commands get what needs no database. `kept` is what the pressed
   * button refers to; whoever may not press it is refused here. @throws UserError, Unavailable
   */
  enter(call: Invocation, command: AnyCommand, base: Omit<Ctx, keyof Words>, kept: Kept | undefined): Promise<C>;
  allows(command: AnyCommand, context: C): boolean;
  /** Called before anything is looked up, for what may be held back. @throws Later when too much was said */
  admit?(call: Invocation): Promise<void>;
  /** Called when everything is known and right, before that is done which counts as something. @throws Later when it was done too often */
  spend?(act: AnyCommand['counts'], context: C): Promise<void>;
  keep(taps: readonly Keep[], context: C): Promise<readonly string[]>;
  find(token: string): Promise<Kept | undefined>;
  /**
   * What is told once, below the next answer: what the bot is, to somebody who is met for the first time; and, where only the
   * one who acted reads it (`alone`), what could not reach them. Undefined as a rule.
   */
  greet(context: C, answer: { readonly command: AnyCommand; readonly alone: boolean }): Promise<Reply['blocks'] | undefined>;
  /**
   * The language for somebody of whom the platform tells none (yet), a BCP 47 tag; from memory, without I/O. Without it, or where it
   * knows none, that is English.
   */
  languageOf?(call: Invocation): string | undefined;
  /** Without it, nothing is known. */
  known?(call: Invocation): Known;
  /** Is given, once, what forgets all that an account typed and that was not saved. */
  forgetting?(forget: (platform: Platform, user: string) => void): void;
  /** Whether who acts was erased while this was done: then what failed is nobody's fault. */
  isErased?(context: C): Promise<boolean>;
  /** True for errors that mean "the database is away". */
  isUnavailable(error: unknown): boolean;
  readonly log: Pick<Log, 'error'>;
}
