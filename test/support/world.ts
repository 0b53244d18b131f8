import { commands } from '../../commands/index.js';
import { makeApp, makeSealer } from '../../src/app.js';
import type { Adapter, AnyCommand, Router } from '../../src/chat/index.js';
import { type MovableClock, makeMovableClock, systemClock } from '../../src/clock.js';
import { makePlaces } from '../../src/core/communities/places.js';
import type { Calendars, Forgetters, Memberships, PlatformRooms, Removers, World } from '../../src/core/scope.js';
import { makeCipher } from '../../src/db/cipher.js';
import { parseKeys } from '../../src/db/keys.js';
import type { Database } from '../../src/db/open.js';
import { makeFallback } from '../../src/notices/fallback.js';
import { makeNotices } from '../../src/notices/index.js';
import { type Reach, reachOut } from '../../src/reach.js';
import { type Engine, makeEngine } from '../../src/schedule/engine.js';
import { pass, settled } from '../../src/schedule/pass.js';
import { makeCanaries } from './canary.js';
import { testDatabase } from './db.js';
import { SITE } from './site.js';

/** Everything below the adapters, real, on a database of its own. */
export interface TestWorld {
  readonly router: Router;
  readonly world: World;
  readonly database: Database;
  readonly clock: MovableClock;
  /** What was logged as an error or warning. Tests end with it empty unless they caused one. */
  readonly logged: object[];
  /** Where anything that people typed can be read and may not be. @param wire what their platforms saw */
  leaks(wire: readonly string[]): Promise<readonly string[]>;
  /** A new process on the same database: nothing that was only in memory is left. */
  restart(): Router;
  /** Starts the engine over these adapters; a second time, it is another process that takes over. */
  connect(adapters: readonly Adapter[]): Promise<Engine>;
  /** Stops the engine, as if the bot was down until it is connected again. */
  disconnect(): Promise<void>;
  /** Lets time pass for the running engine, which does everything that falls due on the way. */
  passes(ms: number): Promise<void>;
  /** Moves the clock in one leap, as if nothing had run meanwhile; then everything that is due is done. */
  leaps(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** A key for tests only: 32 bytes of 7. */
export const TEST_KEY = Buffer.alloc(32, 7).toString('base64');

/** What commands and the engine are made of, on this database. */
export const worldOn = ({ prisma }: Pick<Database, 'prisma'>) => ({
  prisma,
  cipher: makeCipher(parseKeys(TEST_KEY)),
  places: makePlaces(),
});

/** Milliseconds of the slowest machine for what is sent at one instant. */
const PATIENCE = 60_000;
function mustBeSent(isSent: boolean): void {
  if (!isSent) throw new Error(`Something was still not sent after ${PATIENCE} ms.`);
}

/** A Monday morning without anything near: no end of a month, no change of clocks. Before the days that suites go forward to. */
const START = '2027-05-03T10:00:00Z';

/** A clock that goes on from an instant, whatever day it is for the computer. */
function clockFrom(at: string): MovableClock {
  const ahead = Date.parse(at) - systemClock.now().getTime();
  return makeMovableClock({ now: () => new Date(systemClock.now().getTime() + ahead) });
}

/**
 * @param more commands of the test's own, beside the real ones
 * @param at an ISO instant at which the clock stands at the start
 */
export async function makeTestWorld(more: readonly AnyCommand[] = [], at = START): Promise<TestWorld> {
  const database = await testDatabase();
  const clock = clockFrom(at);
  const logged: object[] = [];
  const forgetters: Forgetters = new Map();
  const told = {
    calendars: {} as Calendars,
    rooms: {} as PlatformRooms,
    memberships: {} as Memberships,
    removers: {} as Removers,
    forgetters,
  };
  const world = { ...worldOn(database), site: { url: SITE }, ...told };
  const canaries = makeCanaries([...commands, ...more]);
  const all = canaries.commands;
  const everything: object[] = [];
  const note = (fields: object) => {
    everything.push(fields);
    logged.push(fields);
  };
  const log = { info: (fields: object) => void everything.push(fields), warn: note, error: note };
  const boot = () => canaries.listenTo(makeApp({ world, commands: all, clock, log }));
  let engine: Engine | undefined;
  let reach: Reach | undefined;
  const running = () => {
    if (!engine) throw new Error('Connect the engine first: await world.connect([stage.adapter]).');
    return { prisma: database.prisma, clock, engine, patience: PATIENCE };
  };
  const disconnect = async () => {
    await engine?.stop();
    await reach?.heard();
    engine = undefined;
  };
  return {
    router: boot(),
    world,
    database,
    clock,
    logged,
    leaks: async (wire) => [...(await canaries.inRows(database)), ...canaries.inLog(everything), ...canaries.inIds(wire)],
    restart: boot,
    async connect(adapters) {
      await disconnect();
      reach = reachOut({ world, clock, log }, adapters);
      const seal = makeSealer({ world, commands: all, clock });
      engine = makeEngine({ database, clock, adapters, kinds: makeNotices(world), seal, fallback: makeFallback(world), log });
      await engine.start();
      return engine;
    },
    disconnect,
    async passes(ms) {
      await reach?.heard();
      mustBeSent(await pass(running(), ms));
    },
    async leaps(ms) {
      clock.advance(ms);
      await running().engine.tick();
      await running().engine.idle();
      mustBeSent(await settled(running()));
    },
    async close() {
      await disconnect();
      await database.close();
    },
  };
}

/**
 * For `onEveryStage`: makes a world for each stage, and keeps them, the newest last.
 * @param at an ISO instant at which their clocks stand at the start
 */
export function openWorlds(at?: string): { readonly worlds: readonly TestWorld[]; open(): Promise<TestWorld> } {
  const worlds: TestWorld[] = [];
  return {
    worlds,
    async open() {
      const world = await makeTestWorld([], at);
      worlds.push(world);
      return world;
    },
  };
}
