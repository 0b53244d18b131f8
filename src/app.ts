import { tellsOfReach, unreachedBlocks } from '../commands/checkin-reach.js';
import type { AppCtx, OfflineCtx } from '../commands/define.js';
import { maySay } from '../commands/sayable.js';
import {
  type AnyCommand,
  type Invocation,
  type Keep,
  Later,
  type Message,
  makeRouter,
  type Reply,
  type Router,
  type RouterDeps,
  seal,
  UserError,
} from './chat/index.js';
import type { Clock } from './clock.js';
import { joinCommunity } from './core/communities/link/join.js';
import { lookAtJoin } from './core/communities/link/look.js';
import { noteFlood, spend } from './core/limits/spend.js';
import { enter } from './core/members/enter.js';
import { greet } from './core/members/greet.js';
import { lookIn } from './core/members/look-in.js';
import { tellUnreached } from './core/members/unreached.js';
import { townsLike } from './core/resources/towns.js';
import type { World } from './core/scope.js';
import { findTap, mayPress } from './core/taps/find.js';
import { keepTaps, type TapsFor } from './core/taps/keep.js';
import { tenantDb } from './db/tenant.js';
import { isUnavailable } from './db/unavailable.js';
import type { Dam } from './flood.js';
import { openCovered } from './notices/fallback.js';
import { wordsFor } from './words/index.js';

/** How long an answer that needs no database waits for one that would make it better, in milliseconds. */
const PATIENCE = 1000;

/** What is left to who is not in the community any more. */
const ERASE = { label: 'leaving.now', tap: { path: ['privacy', 'erase'] } } as const;

const NOBODY = { held: new Set<never>(), isAdmin: false };

type Context = AppCtx | OfflineCtx;
const isInside = (context: Context): context is AppCtx => 'scope' in context;

export interface AppOptions {
  readonly world: World;
  readonly commands: readonly AnyCommand[];
  readonly clock: Clock;
  readonly log: RouterDeps<Context>['log'];
  /** Against floods of what is said; without it, nothing is held back before it is looked up. */
  readonly dam?: Dam;
}

const soon = <T>(work: Promise<T>, otherwise: T): Promise<T> => {
  let timer: NodeJS.Timeout;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(resolve, PATIENCE, otherwise);
  });
  return Promise.race([work.catch(() => otherwise), late]).finally(() => clearTimeout(timer));
};

const keepFor = (reader: TapsFor, taps: readonly Keep[]) =>
  keepTaps(
    reader,
    taps.map((tap) => ({ path: tap.path.filter(Boolean).join('.'), input: tap.input, isPrivate: tap.private })),
  );

/** Makes the buttons of a message work that nobody asked for: they belong to its recipient, or to everyone in a channel. */
export const makeSealer =
  ({ world, commands, clock }: Pick<AppOptions, 'world' | 'commands' | 'clock'>) =>
  (reply: Reply, to: { readonly communityId: string; readonly memberId?: string }): Promise<Message> => {
    const reader: TapsFor = {
      db: tenantDb(world.prisma, to.communityId),
      cipher: world.cipher,
      community: { id: to.communityId },
      now: clock.now(),
      ...(to.memberId !== undefined && { member: { id: to.memberId } }),
    };
    return seal(reply, { commands, keep: (taps) => keepFor(reader, taps) });
  };

/** The commands on top of the core: what an adapter talks to. */
export function makeApp({ world, commands, clock, log, dam }: AppOptions): Router {
  const placeOf = (call: Invocation) => (call.space ? world.places.of(call.platform, call.space.id) : undefined);
  const callerOf = (call: Invocation, community?: string) => ({
    platform: call.platform,
    userId: call.user.id,
    ...(call.user.zone && { zone: call.user.zone }),
    ...(call.user.locale && { locale: call.user.locale }),
    ...(call.space && { space: { id: call.space.id } }),
    ...(community && { community }),
  });

  function offline(call: Invocation, base: Parameters<RouterDeps<Context>['enter']>[2]): OfflineCtx {
    const inside = () => enter(world, { ...callerOf(call), standing: call.standing }, base.now);
    return {
      ...wordsFor(base.locale),
      ...base,
      country: () => placeOf(call)?.country ?? undefined,
      lines: () => (call.space ? world.places.linesOf(call.platform, call.space.id) : []),
      roles: () =>
        soon(
          inside().then(({ roles, isAdmin }) => ({ held: roles, isAdmin })),
          NOBODY,
        ),
    };
  }

  async function admit(call: Invocation): Promise<void> {
    const flood = await dam?.(call);
    if (!flood) return;
    const now = clock.now();
    // That nobody hears of it must not undo what it is for.
    if (flood.isFirst && call.space)
      await enter(world, callerOf(call), now)
        .then((scope) => noteFlood(scope, flood.whose))
        .catch(() => undefined);
    throw new Later(new Date(now.getTime() + flood.wait));
  }

  return makeRouter<Context>({
    commands,
    admit,
    async spend(act, context) {
      if (isInside(context)) await spend(context.scope, act);
    },
    now: clock.now,
    log,
    isUnavailable,
    languageOf: (call) => placeOf(call)?.language,
    known: (call) => ({
      async placesLike(typed) {
        const db = await lookIn(world, callerOf(call));
        return db ? townsLike(db, typed) : [];
      },
    }),
    async enter(call, command, base, kept) {
      if (command.offline) return offline(call, base);
      const asksRoles = command.role !== 'anyone' || command.asksRoles;
      const caller = { ...callerOf(call, kept?.community), ...(asksRoles && { standing: call.standing }) };
      const scope = await enter(world, caller, base.now);
      if (kept && !mayPress(kept, scope.community.id, scope.member.id)) throw new UserError('chat.errors.unknownTap');
      if (scope.member.isGone && !command.forWhoIsGone) throw new UserError('chat.errors.gone', {}, ERASE);
      const locale = call.user.locale ?? scope.member.language ?? scope.community.language;
      const opens = (delivery: string) => openCovered(world, scope, delivery);
      const joins = {
        look: (code: string) => lookAtJoin(world, scope, code),
        now: (code: string) => joinCommunity(world, scope, code),
      };
      return { ...wordsFor(locale), ...base, locale, scope, opens, joins };
    },
    allows: (command, context) =>
      !isInside(context) || maySay(command, { held: context.scope.roles, isAdmin: context.scope.isAdmin }),
    forgetting: (forget) => void world.forgetters?.set('drafts', forget),
    isErased: async (context) =>
      isInside(context) && (await context.scope.db.member.count({ where: { id: context.scope.member.id } })) === 0,
    keep: (taps, context) =>
      isInside(context)
        ? keepFor(context.scope, taps)
        : Promise.reject(new Error('An answer without a database cannot keep buttons with input.')),
    find: (token) => findTap(world, token),
    async greet(context, { command, alone }) {
      if (!isInside(context)) return undefined;
      const isNew = await greet(context.scope);
      const missed = alone ? await tellUnreached(context.scope) : undefined;
      return [
        ...(isNew
          ? [{ kind: 'note' as const, text: context.rich('chat.greeting', { crisis: { command: ['crisis'] as const } }) }]
          : []),
        ...(missed && !tellsOfReach(command) ? unreachedBlocks(context, missed) : []),
      ];
    },
  });
}
