import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Address, Capabilities, Platform, Turn } from '../chat/index.js';
import type { PrismaClient } from '../db/generated/client.js';

/** A message that would have to wait longer than this for its conversation gives way to others. */
const PATIENCE = 2_000;
/** No turn lies further ahead than this, even if the database's clock was put back. */
const FURTHEST = 60_000;
/** Turns in a conversation lie a little further apart than they must: messages of several processes come a little late or not. */
const MARGIN = 1.05;

/** The share of a platform's limit that is used, so that some requests may come late or not be ours to pace. */
const SHARE = 0.97;
/** Milliseconds, a little longer than the platform's. */
const SECOND = 1_005;
/** Milliseconds by which one answer may raise what is thought to be the quickest: slowly, so that a busy hour does not. */
const LEARNS = 0.1;
/** Milliseconds between looks at what is under way. */
const LOOK = 10;

/** Turns of one platform. Real time: the platform does not know of a clock that was moved. */
export interface Pace {
  /** Reserves the next turns, over all processes. @returns milliseconds until each, ascending */
  turns(count: number): Promise<readonly number[]>;
  /**
   * Does this with a turn for each request, once it keeps to the limits, also where what came before was late. The first has
   * the turn that was reserved for it; another reserves its own.
   */
  run<T>(to: Address, work: (turn: Turn) => Promise<T>): Promise<T>;
  /** Reserves a turn in one conversation. @returns milliseconds until then; undefined where that is too long to wait */
  conversation(to: Address): Promise<number | undefined>;
}

const atOnce: Pace = {
  turns: async (count) => Array.from({ length: count }, () => 0),
  run: (_, work) => work(async () => undefined),
  conversation: async () => 0,
};

/**
 * Takes turns on a lane: a virtual clock in the database that each reservation moves on, known as the virtual scheduling
 * form of the generic cell rate algorithm (ITU-T I.371). One statement a batch, exact over all processes. Its commit waits
 * for no disk: turns are over before a database that crashed is back.
 */
async function reserve(prisma: PrismaClient, lane: string, length: number, patience = FURTHEST): Promise<number | undefined> {
  const took = `${length} milliseconds`;
  const rows = await prisma.$queryRaw<{ wait: number }[]>`
    WITH hasty AS (SELECT set_config('synchronous_commit', 'off', true))
    INSERT INTO "Pace" AS p ("lane", "freeAt") SELECT ${lane}, clock_timestamp() + ${took}::text::interval FROM hasty
    ON CONFLICT ("lane") DO UPDATE SET "freeAt" =
      LEAST(GREATEST(p."freeAt", clock_timestamp()), clock_timestamp() + ${`${FURTHEST} milliseconds`}::text::interval)
      + ${took}::text::interval
    WHERE p."freeAt" <= clock_timestamp() + ${`${patience} milliseconds`}::text::interval OR ${patience} >= ${FURTHEST}
    RETURNING (EXTRACT(EPOCH FROM p."freeAt" - clock_timestamp()) * 1000)::float8 - ${length}::float8 AS wait`;
  const [row] = rows;
  return row && Math.max(0, row.wait);
}

/** Names a conversation without telling whose it is. */
const conversationLane = (platform: Platform, to: Address) =>
  createHash('sha256')
    .update([platform, to.space, to.kind, to.kind === 'channel' ? to.channel : to.user].join('\n'))
    .digest('base64url');

/** Marks a request as answered. */
type Answered = () => void;

/**
 * At most `most` requests in any second as the platform counts them. It counts each somewhere between our sending and its
 * answer, which on a busy machine or line may be long, so one that is under way counts until a second after its answer,
 * less half of what the quickest took: on its way back it had been counted already.
 */
function makeWindow(most: number): () => Promise<Answered> {
  /** By `performance.now()`, when each may be used again. */
  const slots = Array.from({ length: most }, () => 0);
  let quickest = 0;
  let last: Promise<unknown> = Promise.resolve();

  async function enter(): Promise<Answered> {
    for (;;) {
      const free = Math.min(...slots);
      const now = performance.now();
      if (free > now) await sleep(Math.min(free - now, LOOK));
      else {
        const slot = slots.indexOf(free);
        slots[slot] = Number.POSITIVE_INFINITY;
        return () => {
          quickest = Math.min(performance.now() - now, quickest + LEARNS);
          slots[slot] = performance.now() - quickest / 2 + SECOND;
        };
      }
    }
  }

  return () => {
    const mine = last.then(enter);
    last = mine;
    return mine;
  };
}

export function makePace(prisma: PrismaClient, platform: Platform, limits: Capabilities['send']): Pace {
  if (!limits) return atOnce;
  const { perSecond, perChannelPerSecond } = limits;
  const gap = 1000 / (perSecond * SHARE);
  const common = makeWindow(perSecond);
  const windows = new LRUCache<string, () => Promise<Answered>>({ max: 10_000 });

  async function enterChannel(to: Address): Promise<Answered> {
    if (perChannelPerSecond === undefined) return () => undefined;
    const lane = conversationLane(platform, to);
    const window = windows.get(lane) ?? makeWindow(perChannelPerSecond);
    windows.set(lane, window);
    return window();
  }

  async function turns(count: number): Promise<readonly number[]> {
    const first = (await reserve(prisma, platform, gap * count)) ?? 0;
    return Array.from({ length: count }, (_, index) => first + gap * index);
  }

  async function another(): Promise<Answered> {
    const [wait] = await turns(1);
    await sleep(wait);
    return common();
  }

  return {
    turns,
    async run(to, work) {
      const leave = await enterChannel(to);
      let answered: Answered | undefined;
      let next = common;
      try {
        return await work(async () => {
          answered?.();
          answered = undefined;
          answered = await next();
          next = another;
        });
      } finally {
        answered?.();
        leave();
      }
    },
    async conversation(to) {
      if (perChannelPerSecond === undefined) return 0;
      return reserve(prisma, conversationLane(platform, to), (1000 / perChannelPerSecond) * MARGIN, PATIENCE);
    },
  };
}

/** Forgets conversations that are free since a minute. */
export async function forgetPaces(prisma: PrismaClient): Promise<void> {
  await prisma.$executeRaw`DELETE FROM "Pace" WHERE "freeAt" < clock_timestamp() - interval '1 minute'`;
}
