import type { Adapter } from './chat/index.js';
import type { Clock } from './clock.js';
import { roomsChanged } from './core/live/mics/changed.js';
import type { World } from './core/scope.js';

export interface ReachParts {
  readonly world: World;
  readonly clock: Clock;
  readonly log: { warn(fields: object, message: string): void };
}

export interface Reach {
  /** Resolves when what was told of rooms so far is written down. */
  heard(): Promise<void>;
}

/**
 * Gives the core what these platforms have beside messages: their calendars, and their rooms, of whose changes it hears from now
 * on. Call it before the adapters start.
 */
export function reachOut({ world, clock, log }: ReachParts, adapters: readonly Adapter[]): Reach {
  const writing = new Set<Promise<void>>();
  for (const { platform, events, rooms } of adapters) {
    if (events && world.calendars) world.calendars[platform] = events;
    if (!rooms || !world.rooms) continue;
    world.rooms[platform] = rooms;
    rooms.watch((change) => {
      const work = roomsChanged(world, platform, change, clock.now())
        // What is missed here is found by the next look that is planned anyway.
        .catch((error: unknown) => log.warn({ name: (error as Error).name }, 'A change in a voice channel was missed.'))
        .finally(() => writing.delete(work));
      writing.add(work);
    });
  }
  return {
    async heard() {
      await Promise.all(writing);
    },
  };
}
