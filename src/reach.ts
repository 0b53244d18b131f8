import type { Adapter } from './chat/index.js';
import type { Clock } from './clock.js';
import { roomsChanged } from './core/live/mics/changed.js';
import type { World } from './core/scope.js';

export interface Reach {
  readonly world: World;
  readonly clock: Clock;
  readonly log: { warn(fields: object, message: string): void };
}

/**
 * Gives the core what these platforms have beside messages: their calendars, and their rooms, of whose changes it hears from now
 * on. Call it before the adapters start.
 */
export function reachOut({ world, clock, log }: Reach, adapters: readonly Adapter[]): void {
  for (const { platform, events, rooms } of adapters) {
    if (events && world.calendars) world.calendars[platform] = events;
    if (!rooms || !world.rooms) continue;
    world.rooms[platform] = rooms;
    rooms.watch((change) => {
      // What is missed here is found by the next look that is planned anyway.
      roomsChanged(world, platform, change, clock.now()).catch((error: unknown) =>
        log.warn({ name: (error as Error).name }, 'A change in a voice channel was missed.'),
      );
    });
  }
}
