import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Address, Capabilities, Platform } from '../chat/index.js';
import type { PrismaClient } from '../db/generated/client.js';

/** A message that would have to wait longer than this for its conversation gives way to others. */
const PATIENCE = 2_000;
/** No turn lies further ahead than this, even if the database's clock was put back. */
const FURTHEST = 60_000;
/** Turns in a conversation lie a little further apart than they must: messages of several processes come a little late or not. */
const MARGIN = 1.05;

/** Milliseconds for which a message counts: a little more than a second, because it leaves a little after it was let through. */
const COUNTS_FOR = 1_025;

/** Turns of one platform. Real time: the platform does not know of a clock that was moved. */
export interface Pace {
  /** Reserves the next turns, over all processes. @returns milliseconds until each, ascending */
  turns(count: number): Promise<readonly number[]>;
  /** Waits until one more message keeps to the rates, also where those before it came late. Call it right before sending. */
  ready(to: Address): Promise<void>;
  /** Reserves a turn in one conversation. @returns milliseconds until then; undefined where that is too long to wait */
  conversation(to: Address): Promise<number | undefined>;
}

const atOnce: Pace = {
  turns: async (count) => Array.from({ length: count }, () => 0),
  ready: async () => undefined,
  conversation: async () => 0,
};

/**
 * Takes turns on a lane: a virtual clock in the database that each reservation moves on, known as the virtual scheduling
 * form of the generic cell rate algorithm (ITU-T I.371). One statement a batch, exact over all processes.
 */
async function reserve(prisma: PrismaClient, lane: string, length: number, patience = FURTHEST): Promise<number | undefined> {
  const took = `${length} milliseconds`;
  const rows = await prisma.$queryRaw<{ wait: number }[]>`
    INSERT INTO "Pace" AS p ("lane", "freeAt") VALUES (${lane}, clock_timestamp() + ${took}::text::interval)
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
    .update([platform, to.space, to.kind, to.kind === 'direct' ? to.user : to.channel].join('\n'))
    .digest('base64url');

/** At most `most` in any second, by what really happened in this process. */
function makeWindow(most: number): () => Promise<void> {
  const times: number[] = [];
  return async () => {
    for (;;) {
      const now = performance.now();
      const oldest = times.length < most ? undefined : times[0];
      if (oldest === undefined || oldest + COUNTS_FOR <= now) {
        if (oldest !== undefined) times.shift();
        times.push(now);
        return;
      }
      await sleep(oldest + COUNTS_FOR - now);
    }
  };
}

export function makePace(prisma: PrismaClient, platform: Platform, limits: Capabilities['send']): Pace {
  if (!limits) return atOnce;
  const { perSecond, perChannelPerSecond } = limits;
  const gap = 1000 / perSecond;
  const common = makeWindow(perSecond);
  const windows = new LRUCache<string, () => Promise<void>>({ max: 10_000 });

  function windowOf(lane: string, most: number): () => Promise<void> {
    const known = windows.get(lane) ?? makeWindow(most);
    windows.set(lane, known);
    return known;
  }

  return {
    async turns(count) {
      const first = (await reserve(prisma, platform, gap * count)) ?? 0;
      return Array.from({ length: count }, (_, index) => first + gap * index);
    },
    async ready(to) {
      if (perChannelPerSecond !== undefined) await windowOf(conversationLane(platform, to), perChannelPerSecond)();
      await common();
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
