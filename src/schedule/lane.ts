import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { Adapter } from '../chat/index.js';
import { errorFields } from '../log/errors.js';
import { Bell } from './bell.js';
import { makeBrake } from './brake.js';
import { type DeliverParts, deliver, load, type Permit, type Verdict } from './deliver.js';
import type { Delivery } from './kinds.js';
import { makePace } from './pace.js';
import { CLAIM, type Job } from './queue.js';
import { makeSentBook } from './sent.js';

/** Milliseconds between looks at the queue while nobody rings, e.g. for what other processes put there. */
const POLL = 1_000;
/** Messages under way where the platform names no rate. */
const WIDTH = 64;
const LEAST_WIDTH = 4;
/**
 * Messages that a platform may have taken and of which that is not written down: so many can come twice after a crash. Enough
 * for 48 a second where each takes a fifth of a second.
 */
export const OPEN = 10;
/** Milliseconds for which jobs that are over are collected. */
const FLUSH = 30;

/** Sends everything for one platform. */
export interface Lane {
  start(): void;
  /** Finishes what is being sent, and gives the rest back. */
  stop(): Promise<void>;
  /** Something was put into the queue. */
  ring(): void;
  /** Time was moved: what waits for another try is tried now. */
  hurry(): void;
}

interface Held {
  readonly job: Job;
  /** By `performance.now()`: until then nobody else takes it. */
  until: number;
}

export function makeLane(adapter: Adapter, parts: DeliverParts): Lane {
  const { queue, prisma, log } = parts;
  const platform = adapter.platform;
  const limits = adapter.can.send;
  const pace = makePace(prisma, platform, limits);
  const brake = makeBrake();
  const bell = new Bell();
  /** Two seconds' worth, so that the next turns are reserved before the last ones are used. */
  const width = limits ? Math.max(LEAST_WIDTH, Math.ceil(limits.perSecond * 2)) : WIDTH;
  const step = Math.ceil(width / 4);
  const few = pLimit(OPEN);
  const taken = makeSentBook(prisma);
  const held = new Map<string, Held>();
  const underWay = new Set<Promise<void>>();
  const stopping = new AbortController();
  // Every message that waits for its turn listens.
  setMaxListeners(0, stopping.signal);
  const finished: Job[] = [];
  let flushing: Promise<void> | undefined;
  let early = false;
  let running: Promise<void> | undefined;
  let heartbeat: NodeJS.Timeout | undefined;
  let troubled = false;

  function trouble(error: unknown): void {
    if (!troubled) log.warn({ platform, ...errorFields(error) }, 'Sending is interrupted.');
    troubled = true;
  }

  /** Many at a time: what is written down already need not be quick. Rejects with all of them. */
  function finish(jobs: readonly Job[]): Promise<void> {
    finished.push(...jobs);
    flushing ??= sleep(FLUSH).then(async () => {
      flushing = undefined;
      const batch = finished.splice(0);
      await queue.done(platform, batch);
      for (const { id } of batch) held.delete(id);
    });
    return flushing;
  }

  function permitFor(job: Job): Permit {
    return {
      pace,
      open: () => new Promise((opened) => void few(() => new Promise<void>((close) => opened(close)))),
      taken,
      wait() {
        const hold = held.get(job.id);
        if (!hold || hold.until <= performance.now()) return undefined;
        return stopping.signal.aborted ? 1 : brake.wait();
      },
    };
  }

  async function settle(job: Job, { over, ...verdict }: Verdict & { after?: number; busy?: boolean }): Promise<void> {
    if (over) return finish([job]);
    if (stopping.signal.aborted && !verdict.busy) await queue.release(platform, [job.id]);
    else await queue.again(platform, job, verdict.after);
    held.delete(job.id);
  }

  async function one(job: Job, delivery: Delivery, turn: number): Promise<void> {
    const since = performance.now() + turn;
    try {
      await sleep(turn, undefined, { signal: stopping.signal }).catch(() => undefined);
      const verdict = stopping.signal.aborted
        ? { over: false as const }
        : await deliver(parts, adapter, delivery, permitFor(job));
      if (!verdict.over && verdict.busy) {
        early = false;
        brake.pull(since, verdict.after);
      } else if (verdict.over) brake.release();
      await settle(job, verdict);
    } catch (error) {
      // The job stays as it is: once we no longer hold it, it is taken up again.
      held.delete(job.id);
      trouble(error);
    }
    bell.ring();
  }

  /** Jobs whose delivery is over or erased go at once and take no turn. */
  async function many(jobs: readonly Job[]): Promise<void> {
    try {
      const deliveries = await load(
        parts,
        jobs.map(({ id }) => id),
      );
      const live = new Set(deliveries.map(({ id }) => id));
      const gone = jobs.filter(({ id }) => !live.has(id));
      await finish(gone);
      const turns = await pace.turns(deliveries.length);
      const byId = new Map(jobs.map((job) => [job.id, job]));
      await Promise.all(deliveries.map((delivery, index) => one(byId.get(delivery.id) as Job, delivery, turns[index] ?? 0)));
    } catch (error) {
      for (const { id } of jobs) held.delete(id);
      trouble(error);
    }
  }

  function begin(jobs: readonly Job[]): void {
    const until = performance.now() + CLAIM;
    for (const job of jobs) held.set(job.id, { job, until });
    const work = many(jobs).finally(() => {
      underWay.delete(work);
      bell.ring();
    });
    underWay.add(work);
  }

  /** @returns milliseconds to sleep; 0 to go on at once */
  async function look(): Promise<number> {
    const wait = brake.wait();
    if (wait > 0) return Math.min(wait, POLL);
    if (width - held.size < step) return POLL;
    const jobs = await queue.take(platform, step, early);
    troubled = false;
    if (jobs.length < step) early = false;
    if (jobs.length > 0) begin(jobs);
    return jobs.length < step ? POLL : 0;
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const pause = await look().catch((error: unknown) => {
        trouble(error);
        return POLL;
      });
      if (pause > 0 && !stopping.signal.aborted) await bell.sleep(pause);
    }
  }

  async function beat(): Promise<void> {
    const jobs = [...held.values()];
    const until = performance.now() + CLAIM;
    await queue.hold(
      platform,
      jobs.map(({ job }) => job),
    );
    for (const hold of jobs) hold.until = until;
  }

  return {
    start() {
      heartbeat = setInterval(() => void beat().catch(trouble), CLAIM / 3);
      running = run();
    },
    async stop() {
      stopping.abort();
      bell.ring();
      await running;
      await Promise.all(underWay);
      clearInterval(heartbeat);
    },
    ring: () => bell.ring(),
    hurry() {
      early = true;
      brake.forget();
      bell.ring();
    },
  };
}
