import { setTimeout as pause } from 'node:timers/promises';
import { Unavailable } from './chat/index.js';
import type { Config } from './config.js';
import { loadPlaces } from './core/communities/load-places.js';
import { makePlaces } from './core/communities/places.js';
import type { World } from './core/scope.js';
import { loadLocalLines } from './core/support/local/load.js';
import { makeCipher } from './db/cipher.js';
import { DatabaseProblem } from './db/errors.js';
import { type Database, openDatabase } from './db/open.js';
import { isUnavailable } from './db/unavailable.js';
import { prepareKeys } from './db/verify-keys.js';
import { journalAt } from './erasures.js';
import { type KeptKeys, keepKeys } from './keep-keys.js';
import { keepLines } from './keep-lines.js';
import { databaseOf, keySourceOf } from './key-source.js';
import type { Told } from './log/log.js';

/** Milliseconds between tries to reach a database that was away when we started. */
const AGAIN = 2_000;

/**
 * The database, its keys, and what is known from memory. A PostgreSQL server that is away at the start does not keep us from
 * starting: `/crisis` needs none, and whoever needs one is told so until it is there.
 */
export interface Ground {
  readonly world: World;
  /** Resolves when the database is open and its keys are right; at once as a rule. */
  readonly ready: Promise<Database>;
  readonly isReady: boolean;
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

interface Opened {
  readonly database: Database;
  readonly world: World;
  readonly keeping: KeptKeys;
  readonly lines: ReturnType<typeof keepLines>;
}

/** @param tellNewKey is called when a key file was made, before anything is sealed with it: the operator must keep a copy */
async function open(config: Config, places: World['places'], log: Told, tellNewKey: (file: string) => void): Promise<Opened> {
  const database = await openDatabase(databaseOf(config), log);
  try {
    const keys = await prepareKeys(database.prisma, await keySourceOf(config));
    if (keys.created && keys.file) tellNewKey(keys.file);
    const { keyring } = keys;
    const world = { prisma: database.prisma, cipher: makeCipher(keyring), places };
    await loadPlaces(world);
    await loadLocalLines(world);
    const keeping = await keepKeys({ ...world, keyring, isAlone: database.kind === 'embedded', log });
    return { database, world, keeping, lines: keepLines(world) };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/**
 * Opens the ground to stand on.
 * @throws {@link DatabaseProblem} when it cannot be used as it is set up; waiting would not help
 */
export async function openGround(config: Config, log: Told, tellNewKey: (file: string) => void): Promise<Ground> {
  const places = makePlaces();
  const closing = new AbortController();
  let opened: Opened | undefined;

  async function attempt(): Promise<unknown> {
    try {
      opened = await open(config, places, log, tellNewKey);
      return undefined;
    } catch (error) {
      if (config.databaseUrl && isUnavailable(error)) return error;
      throw error;
    }
  }

  async function keepTrying(): Promise<void> {
    while (!opened) {
      await pause(AGAIN, undefined, { signal: closing.signal });
      await attempt();
    }
    log.info({}, 'The database is there.');
  }

  function now(): Opened {
    if (!opened) throw new Unavailable('The database was away when the process started, and still is.');
    return opened;
  }

  const away = await attempt();
  if (away) {
    const problem = away instanceof DatabaseProblem ? away : new DatabaseProblem('The database cannot be reached.');
    log.error({ problem }, 'Until the database is there, /crisis and /help answer, and nothing can be saved.');
  }
  const trying = away ? keepTrying() : Promise.resolve();
  // Whoever waits is told by `ready`; when nobody does, a stop is no unhandled failure.
  trying.catch(() => undefined);

  return {
    world: {
      get prisma() {
        return now().world.prisma;
      },
      get cipher() {
        return now().world.cipher;
      },
      places,
      calendars: {},
      rooms: {},
      memberships: {},
      removers: {},
      forgetters: new Map(),
      erasures: journalAt(config.erasuresFile, log),
      site: config.publicUrl === undefined ? {} : { url: config.publicUrl },
    },
    ready: trying.then(() => now().database),
    get isReady() {
      return opened !== undefined;
    },
    ping: async () => now().database.ping(),
    async close() {
      closing.abort();
      await trying.catch(() => undefined);
      await opened?.lines.stop();
      await opened?.keeping.stop();
      await opened?.database.close();
    },
  };
}
