import { schedule } from 'node-cron';
import type { Adapter } from '../chat/index.js';
import { type Clock, systemClock } from '../clock.js';
import type { Database } from '../db/open.js';
import { isUnavailable } from '../db/unavailable.js';
import { errorFields } from '../log/errors.js';
import type { Told } from '../log/log.js';
import { dueKinds } from './claim.js';
import type { DeliverParts } from './deliver.js';
import { makeErrands } from './errands.js';
import type { Fallback, Kinds, NewDelivery, Tx } from './kinds.js';
import { makeLane } from './lane.js';
import { enqueue } from './outbox.js';
import { makePulse } from './pulse.js';
import { makeQueue } from './queue.js';
import { kindsOfTick, NOTHING, type Ticked, tick } from './tick.js';
import { recover, upkeep } from './upkeep.js';

const EVERY_SECOND = '* * * * * *';
const UPKEEP_EVERY = 60_000;
/** Milliseconds by which the clock must have gained on real time to count as moved. */
const MOVED = 2_000;

export interface EngineOptions {
  readonly database: Database;
  /** May be moved forward; decides what is due and what is late. */
  readonly clock: Clock;
  /** The platforms that this process is connected to. Deliveries for others wait for a process that is. */
  readonly adapters: readonly Adapter[];
  readonly kinds: Kinds;
  readonly seal: DeliverParts['seal'];
  readonly fallback?: Fallback;
  readonly log: Told;
  /** `every-second` (default), or only when {@link Engine.tick} is called, for tests that must know when. */
  readonly ticks?: 'every-second' | 'when-told';
}

/** Finds what is due, and delivers it. */
export interface Engine {
  start(): Promise<void>;
  /** Finishes what is under way. What waits is kept for the next process. */
  stop(): Promise<void>;
  /** Looks at what is due now, without waiting for the next second. Call it when the clock was moved. */
  tick(): Promise<Ticked>;
  /** Resolves when no errand is under way. */
  idle(): Promise<void>;
  /** Puts messages into the queue. Pass the transaction that writes what they are about. */
  enqueue(tx: Tx, deliveries: readonly NewDelivery[]): Promise<number>;
}

export function makeEngine(options: EngineOptions): Engine {
  const { database, clock, adapters, kinds, seal, fallback, log, ticks = 'every-second' } = options;
  const { prisma } = database;
  const queue = makeQueue(database, log);
  const pulse = makePulse(prisma, clock, adapters);
  const parts: DeliverParts = { prisma, queue, kinds, log, clock, seal, ...(fallback && { fallback }) };
  const errands = makeErrands(parts);
  const ticked = kindsOfTick(kinds);
  const lanes = adapters.map((adapter) => makeLane(adapter, parts));
  let stopped = false;
  let halt: Promise<void> | undefined;
  let troubled = false;
  let ticking: Promise<unknown> = Promise.resolve();
  let keeping: Promise<unknown> = Promise.resolve();
  let last: { clock: number; real: number } | undefined;

  function noticeMove(): void {
    const seen = { clock: clock.now().getTime(), real: performance.now() };
    const gained = last ? seen.clock - last.clock - (seen.real - last.real) : 0;
    last = seen;
    if (gained > MOVED) for (const lane of lanes) lane.hurry();
  }

  async function tickOnce(): Promise<Ticked> {
    noticeMove();
    await pulse.beat();
    const now = clock.now();
    const due = await dueKinds(prisma, now);
    if (!stopped) errands.look(due);
    if (!ticked.some((kind) => due.has(kind))) return NOTHING;
    return tick(parts, now, ({ queued }) => {
      if (queued > 0) for (const lane of lanes) lane.ring();
      return !stopped;
    });
  }

  /** One after the other: two at once would only step over each other's rows. */
  function tickInTurn(): Promise<Ticked> {
    const mine = ticking.then(tickOnce);
    ticking = mine.catch(() => undefined);
    return mine;
  }

  async function onTheSecond(): Promise<void> {
    try {
      await tickInTurn();
      troubled = false;
    } catch (error) {
      const fields = { unavailable: isUnavailable(error), ...errorFields(error) };
      if (!troubled) log.error(fields, 'What is due could not be looked at; it will be as soon as possible.');
      troubled = true;
    }
  }

  const quiet = () => undefined;
  const task = schedule(EVERY_SECOND, onTheSecond, {
    noOverlap: true,
    suppressMissedWarning: true,
    timezone: 'UTC',
    // A tick that takes longer than a second is nothing to warn of; onTheSecond tells what is.
    logger: { info: quiet, warn: quiet, debug: quiet, error: (error) => log.error(errorFields(error), 'The clock failed.') },
  });
  void task.stop();
  let keeper: NodeJS.Timeout | undefined;

  function keep(): void {
    keeping = keeping
      .then(() => upkeep(parts, clock, systemClock))
      .catch((error: unknown) => log.warn(errorFields(error), 'Upkeep failed.'));
  }

  async function stop(): Promise<void> {
    stopped = true;
    clearInterval(keeper);
    await task.destroy();
    await ticking;
    await errands.stop();
    await keeping;
    await Promise.all(lanes.map((lane) => lane.stop()));
    await queue.stop();
  }

  return {
    async start() {
      await queue.start();
      if (database.kind === 'embedded') await recover(parts);
      for (const lane of lanes) lane.start();
      if (ticks === 'every-second') await task.start();
      keep();
      keeper = setInterval(keep, UPKEEP_EVERY);
    },
    stop() {
      halt ??= stop();
      return halt;
    },
    tick: tickInTurn,
    idle: errands.done,
    enqueue: (tx, deliveries) => enqueue(tx, queue, deliveries, clock.now()),
  };
}
