import type { AnyCommand, Args, Command, Ctx, Params, Reply } from '../src/chat/index.js';
import type { Joined } from '../src/core/communities/link/join.js';
import type { Joining } from '../src/core/communities/link/look.js';
import type { Act } from '../src/core/limits/kinds.js';
import type { RoleName } from '../src/core/names.js';
import type { Scope } from '../src/core/scope.js';
import type { LocalLine } from '../src/core/support/local/line.js';

/** What a command of this project can use. */
export interface AppCtx extends Ctx {
  readonly scope: Scope;
  /** What a message to this member says, of which a thread showed only that it is there; undefined when that is over. */
  opens(delivery: string): Promise<Reply | undefined>;
  /** With a code of a community on another platform: what joining it would do, and doing so. */
  readonly joins: { look(code: string): Promise<Joining>; now(code: string): Promise<Joined> };
}

/** A command that answers although the database is away has no scope, only what can be known without it. */
export interface OfflineCtx extends Ctx {
  /** ISO 3166-1 alpha-2 of the community, as last heard; from memory. */
  country(): string | undefined;
  /** What the community says of crisis lines, as last read; from memory. */
  lines(): readonly LocalLine[];
  /** The reader's roles now; none when that cannot be found out in time. */
  roles(): Promise<{ readonly held: ReadonlySet<RoleName>; readonly isAdmin: boolean }>;
}

type Definition<P extends Params, C> = Omit<Command<P, C, Act>, 'run' | 'offline'> & {
  run(args: Args<P>, ctx: C): Promise<Reply>;
};

export const defineCommand = <P extends Params>(command: Definition<P, AppCtx>): AnyCommand => command;
export const defineOfflineCommand = <P extends Params>(command: Definition<P, OfflineCtx>): AnyCommand => ({
  ...command,
  offline: true,
});
/** What nobody is ever held back from: help in need, getting out, taking anything back. */
export const defineUnheldCommand = <P extends Params>(command: Definition<P, AppCtx>): AnyCommand =>
  defineCommand({ ...command, neverHeldBack: true });
/** What stays of the bot for who is not in the community any more: to look at what is theirs, take it along and erase it. */
export const defineTheirsCommand = <P extends Params>(command: Definition<P, AppCtx>): AnyCommand =>
  defineUnheldCommand({ ...command, forWhoIsGone: true });

/** What is reached by a tap only, and answered to who tapped alone. */
export const tapped = { role: 'anyone', reply: 'private', hidden: true } as const;
/** The same, where what one may do there depends on one's roles. */
export const tappedByRole = { ...tapped, asksRoles: true } as const;
