import path from 'node:path';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { commands } from '../commands/index.js';
import { makeDiscord } from './adapters/discord/adapter.js';
import { makePlayground } from './adapters/playground/adapter.js';
import { makeSlack } from './adapters/slack/adapter.js';
import { makeApp, makeSealer } from './app.js';
import type { Adapter } from './chat/index.js';
import { type MovableClock, makeMovableClock, systemClock } from './clock.js';
import { type Config, ConfigError } from './config.js';
import { makeCountries } from './core/communities/countries.js';
import { loadCountries } from './core/communities/load-countries.js';
import type { World } from './core/scope.js';
import { makeCipher } from './db/cipher.js';
import { type Database, openDatabase } from './db/open.js';
import { prepareKeys } from './db/verify-keys.js';
import { type HttpServer, makeServer } from './http/server.js';
import { makeNotices } from './notices/index.js';
import { makeEngine } from './schedule/engine.js';
import { pass } from './schedule/pass.js';

export interface Running {
  /** Where a browser on this machine finds us. */
  readonly url: string;
  /** The key file, when it was made just now: the operator must be told. */
  readonly newKeyFile?: string;
  /** Stops in reverse: people first, the database last. */
  stop(): Promise<void>;
}

type Advance = (ms: number) => Promise<void>;

const PLAYGROUND_PATH = '/playground';

async function openWorld(config: Config, database: Database): Promise<{ world: World; newKeyFile?: string }> {
  const setting = config.encryptionKey;
  const file = config.databaseUrl ? undefined : path.join(config.dataDir, 'encryption.key');
  const keys = await prepareKeys(database.prisma, { ...(setting && { setting }), ...(file && { file }) });
  const world = { prisma: database.prisma, cipher: makeCipher(keys.keyring), countries: makeCountries() };
  await loadCountries(world);
  return { world, ...(keys.created && keys.file && { newKeyFile: keys.file }) };
}

/** Problems that a platform would have with our commands are found now, not when a member taps. */
function review(adapters: readonly Adapter[]): void {
  const problems = adapters.flatMap((adapter) => adapter.review(commands).map((problem) => `${adapter.platform}: ${problem}`));
  if (problems.length > 0) throw new Error(`These commands do not fit:\n${problems.join('\n')}`);
}

/** @param whenMoved moves the clock and does what falls due on the way */
function connect(config: Config, server: HttpServer, log: Logger, movable: MovableClock | undefined, whenMoved: Advance) {
  const adapters: Adapter[] = [];
  if (config.discord) adapters.push(makeDiscord({ ...config.discord, log: log.child({ platform: 'discord' }) }));
  if (config.slack) {
    const slack = makeSlack({ ...config.slack, prefix: config.slackPrefix, log: log.child({ platform: 'slack' }) });
    if (slack.listener) server.mount('/slack/events', slack.listener);
    adapters.push(slack);
  }
  if (config.playground) {
    const clock = movable && { now: movable.now, advance: whenMoved };
    const playground = makePlayground({ log: log.child({ platform: 'playground' }), ...(clock && { clock }) });
    server.route(PLAYGROUND_PATH, playground.app);
    adapters.push(playground);
  }
  if (adapters.length === 0) throw new ConfigError('Nothing to connect: give tokens for Discord or Slack, or set PLAYGROUND=on.');
  return adapters;
}

/**
 * Starts everything that the settings ask for. When a part cannot start, what was started is stopped again.
 * @throws ConfigError, DatabaseProblem and the adapters' own errors, each with a sentence that says what to do
 */
export async function start(config: Config, log: Logger): Promise<Running> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const step of stops.splice(0).reverse()) await step();
  };
  try {
    const where = config.databaseUrl ? { url: config.databaseUrl } : { dir: path.join(config.dataDir, 'db') };
    const database = await openDatabase(where, log);
    stops.push(() => database.close());
    const { world, newKeyFile } = await openWorld(config, database);
    const metrics = new Registry();
    collectDefaultMetrics({ register: metrics });
    const server = makeServer({ host: config.host, port: config.port, log, metrics, ping: () => database.ping() });
    const movable = config.playground ? makeMovableClock() : undefined;
    const clock = movable ?? systemClock;
    const move: Advance = async (ms) => {
      if (movable) await pass({ prisma: database.prisma, clock: movable, engine }, ms);
    };
    const adapters = connect(config, server, log, movable, move);
    review(adapters);
    const app = { world, commands, clock, log };
    const router = makeApp(app);
    const engine = makeEngine({ database, clock, adapters, kinds: makeNotices(world), seal: makeSealer(app), log });
    for (const adapter of adapters) {
      stops.push(() => adapter.stop());
      await adapter.start(router);
    }
    stops.push(() => engine.stop());
    await engine.start();
    stops.push(() => server.stop());
    const { url } = await server.start();
    return { url: config.playground ? `${url}${PLAYGROUND_PATH}/` : url, stop, ...(newKeyFile && { newKeyFile }) };
  } catch (error) {
    await stop();
    throw error;
  }
}
