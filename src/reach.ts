import type { Adapter } from './chat/index.js';
import type { Clock } from './clock.js';
import { banned } from './core/leaving/banned.js';
import { added, removed } from './core/leaving/removed.js';
import { roomsChanged } from './core/live/mics/changed.js';
import type { World } from './core/scope.js';
import { errorFields } from './log/errors.js';
import type { Log } from './log/log.js';

export interface ReachParts {
  readonly world: World;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
}

export interface Reach {
  /** Resolves when what was told so far is written down. */
  heard(): Promise<void>;
}

/**
 * Gives the core what these platforms have beside sending: what takes messages away; their calendars; their rooms, and who is still
 * there, of whose changes it hears from now on; and tells them of whom to forget. Call it before the adapters start.
 */
export function reachOut({ world, clock, log }: ReachParts, adapters: readonly Adapter[]): Reach {
  const writing = new Set<Promise<void>>();
  /** What is missed here is found by the next look that is planned anyway. */
  function write(work: Promise<void>): void {
    const done = work
      .catch((error: unknown) => log.warn(errorFields(error), 'A change on a platform was missed.'))
      .finally(() => writing.delete(done));
    writing.add(done);
  }
  for (const adapter of adapters) {
    const { platform, events, rooms, membership, remover } = adapter;
    if (world.removers) world.removers[platform] = remover;
    if (adapter.forget) world.forgetters?.set(platform, (where, user) => where === platform && adapter.forget?.(user));
    if (events && world.calendars) world.calendars[platform] = events;
    if (rooms && world.rooms) {
      world.rooms[platform] = rooms;
      rooms.watch((change) => write(roomsChanged(world, platform, change, clock.now())));
    }
    if (membership && world.memberships) {
      world.memberships[platform] = membership;
      membership.watch((moved) => {
        const place = { platform, externalId: moved.space };
        if ('account' in moved) write(banned(world, place, moved.account, clock.now()));
        else write(moved.isThere ? added(world, place) : removed(world, place, clock.now()));
      });
    }
  }
  return {
    async heard() {
      await Promise.all(writing);
    },
  };
}
