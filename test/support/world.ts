import { commands } from '../../commands/index.js';
import { makeApp } from '../../src/app.js';
import type { AnyCommand, Router } from '../../src/chat/index.js';
import { type MovableClock, makeMovableClock } from '../../src/clock.js';
import { makeCountries } from '../../src/core/communities/countries.js';
import type { World } from '../../src/core/scope.js';
import { makeCipher } from '../../src/db/cipher.js';
import { parseKeys } from '../../src/db/keys.js';
import type { Database } from '../../src/db/open.js';
import { testDatabase } from './db.js';

/** Everything below the adapters, real, on a database of its own. */
export interface TestWorld {
  readonly router: Router;
  readonly world: World;
  readonly database: Database;
  readonly clock: MovableClock;
  /** What was logged as an error. Tests end with it empty unless they caused one. */
  readonly logged: object[];
  /** A new process on the same database: nothing that was only in memory is left. */
  restart(): Router;
  close(): Promise<void>;
}

/** A key for tests only: 32 bytes of 7. */
export const TEST_KEY = Buffer.alloc(32, 7).toString('base64');

/** @param more commands of the test's own, beside the real ones */
export async function makeTestWorld(more: readonly AnyCommand[] = []): Promise<TestWorld> {
  const database = await testDatabase();
  const clock = makeMovableClock();
  const logged: object[] = [];
  const world = { prisma: database.prisma, cipher: makeCipher(parseKeys(TEST_KEY)), countries: makeCountries() };
  const boot = () =>
    makeApp({ world, commands: [...commands, ...more], clock, log: { error: (fields) => void logged.push(fields) } });
  return { router: boot(), world, database, clock, logged, restart: boot, close: () => database.close() };
}
