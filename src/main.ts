import { commands } from '../commands/index.js';
import { makeApp, makeSealer } from './app.js';
import { type Adapter, Unavailable } from './chat/index.js';
import { type MovableClock, makeMovableClock, systemClock } from './clock.js';
import { type Config, mustBeAsked } from './config.js';
import { planNights } from './core/retention/night.js';
import type { Database } from './db/open.js';
import { isUnavailable } from './db/unavailable.js';
import { exportSite } from './export-site.js';
import { makeFeeds } from './feeds.js';
import { makeDam } from './flood.js';
import { openGround } from './ground.js';
import { feedRoutes } from './http/feeds.js';
import { makeMetrics } from './http/metrics.js';
import { type HttpServer, makeServer } from './http/server.js';
import { errorFields } from './log/errors.js';
import type { Log } from './log/log.js';
import type { Logbook } from './log/make.js';
import { makeFallback } from './notices/fallback.js';
import { makeNotices } from './notices/index.js';
import { OperatorError } from './operator.js';
import { reachOut } from './reach.js';
import { type Engine, makeEngine } from './schedule/engine.js';
import { pass } from './schedule/pass.js';
import { ConfigError } from './settings.js';
import { slipSite } from './slip-site.js';

export interface Running {
  /** Where a browser on this machine finds us. */
  readonly url: string;
  /** Stops in reverse: people first, the database last. */
  stop(): Promise<void>;
}

type Advance = (ms: number) => Promise<void>;

/** Milliseconds. */
const NIGHTS_EVERY = 3_600_000;

const PLAYGROUND_PATH = '/playground';

/** It was away at the start already, or went away. */
const isAway = (error: unknown) => error instanceof Unavailable || isUnavailable(error);

/** Problems that a platform would have with our commands are found now, not when a member taps. */
function review(adapters: readonly Adapter[]): void {
  const problems = adapters.flatMap((adapter) => adapter.review(commands).map((problem) => `${adapter.platform}: ${problem}`));
  if (problems.length > 0) throw new Error(`These commands do not fit:\n${problems.join('\n')}`);
}

/**
 * Makes the adapters that the settings ask for. Each is loaded when it is needed: an SDK that nobody uses would cost half of
 * the start.
 * @param whenMoved moves the clock and does what falls due on the way
 */
async function connect(config: Config, server: HttpServer, log: Logbook, movable: MovableClock | undefined, whenMoved: Advance) {
  const adapters: Adapter[] = [];
  if (config.discord) {
    const { makeDiscord } = await import('./adapters/discord/adapter.js');
    adapters.push(makeDiscord({ ...config.discord, log: log.child({ platform: 'discord' }) }));
  }
  if (config.slack) {
    const { makeSlack } = await import('./adapters/slack/adapter.js');
    const slack = makeSlack({ ...config.slack, prefix: config.slackPrefix, log: log.child({ platform: 'slack' }) });
    if (slack.listener) server.mount('/slack/events', slack.listener);
    adapters.push(slack);
  }
  if (config.playground) {
    const { makePlayground } = await import('./adapters/playground/adapter.js');
    const clock = movable && { now: movable.now, advance: whenMoved };
    const playground = makePlayground({ log: log.child({ platform: 'playground' }), ...(clock && { clock }) });
    server.route(PLAYGROUND_PATH, playground.app);
    adapters.push(playground);
  }
  if (adapters.length === 0) throw new ConfigError('Nothing to connect: give tokens for Discord or Slack, or set PLAYGROUND=on.');
  return adapters;
}

/** Runs the steps in reverse, each although one before it failed. @throws the first failure */
async function unwind(steps: (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps.splice(0).reverse()) await step().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/** What goes wrong after we started without the database. That we were stopped meanwhile is nothing to tell. */
function tellLate(error: unknown, log: Log): void {
  if (error instanceof Error && error.name === 'AbortError') return;
  const problem = error instanceof OperatorError ? error : undefined;
  log.fatal({ ...errorFields(error), problem }, 'The database is there, but cannot be used.');
}

/**
 * Starts everything that the settings ask for. When a part cannot start, what was started is stopped again.
 * @param tellNewKey is called with the key file's name when one had to be made
 * @throws ConfigError, DatabaseProblem and the adapters' own errors, each with a sentence that says what to do
 */
export async function start(config: Config, log: Logbook, tellNewKey: (file: string) => void): Promise<Running> {
  mustBeAsked(config);
  const stops: (() => Promise<unknown>)[] = [];
  try {
    const ground = await openGround(config, log, tellNewKey);
    stops.push(() => ground.close());
    const { world } = ground;
    const home = config.playground ? { home: `${PLAYGROUND_PATH}/` } : {};
    const isSecure = config.publicUrl?.startsWith('https:') ?? false;
    const server = makeServer({
      host: config.host,
      port: config.port,
      log,
      metrics: makeMetrics(),
      isSecure,
      ping: () => ground.ping(),
      ...home,
    });
    server.route('/verify', slipSite({ world, log }));
    const movable = config.playground ? makeMovableClock() : undefined;
    const clock = movable ?? systemClock;
    server.route('/feeds', feedRoutes({ feeds: makeFeeds(world, clock), isUnavailable: isAway }));
    server.route('/export', exportSite({ world, clock, log }));
    let engine: Engine | undefined;
    const move: Advance = async (ms) => {
      if (movable && engine) await pass({ prisma: world.prisma, clock: movable, engine }, ms);
    };
    const adapters = await connect(config, server, log, movable, move);
    review(adapters);
    const reach = reachOut({ world, clock, log }, adapters);
    stops.push(() => reach.heard());
    log.allow(commands.map(({ path }) => path.join(' ')));
    const app = { world, commands, clock, log, dam: makeDam() };
    const router = makeApp(app);
    for (const adapter of adapters) {
      stops.push(() => adapter.stop());
      await adapter.start(router);
    }
    stops.push(async () => engine?.stop());
    const begin = async (database: Database) => {
      const kinds = makeNotices(world);
      log.allow(Object.keys(kinds));
      engine = makeEngine({
        database,
        clock,
        adapters,
        kinds,
        seal: makeSealer(app),
        fallback: makeFallback(world),
        log,
      });
      await engine.start();
      // Also of communities that are made while it runs: one that is new has nothing that is old.
      const nights = () => planNights(world.prisma, clock.now());
      await nights();
      const planning = setInterval(() => void nights().catch(() => undefined), NIGHTS_EVERY);
      planning.unref();
      stops.push(async () => clearInterval(planning));
    };
    if (ground.isReady) await begin(await ground.ready);
    else ground.ready.then(begin).catch((error: unknown) => tellLate(error, log));
    stops.push(() => server.stop());
    const { url } = await server.start();
    if (config.playground && world.site) world.site.url ??= url;
    return { url: config.playground ? `${url}${PLAYGROUND_PATH}/` : url, stop: () => unwind(stops) };
  } catch (error) {
    await unwind(stops).catch((failure: unknown) => log.error(errorFields(failure), 'Stopping failed.'));
    throw error;
  }
}
