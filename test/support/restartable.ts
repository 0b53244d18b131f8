import { Temporal } from 'temporal-polyfill';
import type { Router } from '../../src/chat/index.js';
import type { Stage } from './stage.js';
import { openWorlds, type TestWorld } from './world.js';

/** A world in which the process can be replaced while its platform stays connected. */
export interface Restartable {
  readonly world: TestWorld;
  readonly router: Router;
  /** Another process takes over, connected to these: the same database, nothing else. */
  restart(...stages: readonly Stage[]): Promise<void>;
}

export function restartable(world: TestWorld): Restartable {
  let current = world.router;
  return {
    world,
    router: {
      commands: current.commands,
      plan: (...call) => current.plan(...call),
      check: (...call) => current.check(...call),
      run: (...call) => current.run(...call),
      suggest: (...call) => current.suggest(...call),
    },
    async restart(...stages) {
      current = world.restart();
      await world.connect(stages.map(({ adapter }) => adapter));
    },
  };
}

/**
 * For `onEveryStage`, like `openWorlds`: makes a home for each stage, and keeps them, the newest last.
 * @param at an ISO instant at which their clocks stand at the start
 */
export function openHomes(at?: string): {
  readonly homes: readonly Restartable[];
  open(): Promise<Pick<TestWorld, 'router' | 'leaks' | 'close'>>;
} {
  const worlds = openWorlds(at);
  const homes: Restartable[] = [];
  return {
    homes,
    async open() {
      const world = await worlds.open();
      const home = restartable(world);
      homes.push(home);
      return { router: home.router, leaks: world.leaks, close: () => world.close() };
    },
  };
}

/** Lets time pass until a local time, the next one. @param zone IANA */
export async function passesUntil(world: TestWorld, zone: string, hour: number, minute: number): Promise<void> {
  const now = Temporal.Instant.fromEpochMilliseconds(world.clock.now().getTime()).toZonedDateTimeISO(zone);
  const today = now.with({ hour, minute, second: 0, millisecond: 0 });
  const then = Temporal.ZonedDateTime.compare(today, now) > 0 ? today : today.add({ days: 1 });
  await world.passes(then.epochMilliseconds - now.epochMilliseconds);
}
