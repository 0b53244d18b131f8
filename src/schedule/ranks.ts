import type { Platform } from '../chat/index.js';
import type { NewDelivery, Tx } from './kinds.js';

interface Last {
  readonly communityId: string;
  readonly platform: Platform;
  readonly rank: number;
}

/**
 * Where virtual time stands on each platform: at the smallest rank that waits for its first try. Those that failed keep
 * their rank and would hold the time back, so they count only where there is nothing else.
 */
async function virtualTime(tx: Tx, platforms: readonly Platform[]): Promise<Map<Platform, number>> {
  const rows = await tx.$queryRaw<{ platform: Platform; rank: number }[]>`
    SELECT p.platform, COALESCE(
      (SELECT "rank" FROM "Delivery" WHERE "state" = 'queued' AND "platform" = p.platform::"Platform" AND "tries" = 0
       ORDER BY "rank" LIMIT 1),
      (SELECT min("rank") FROM "Delivery" WHERE "state" = 'queued' AND "platform" = p.platform::"Platform"),
      0) AS rank
    FROM unnest(${[...platforms]}::text[]) AS p(platform)`;
  return new Map(rows.map(({ platform, rank }) => [platform, rank]));
}

/** The largest rank that each community has waiting. */
function lastRanks(tx: Tx, communities: readonly string[], platforms: readonly Platform[]): Promise<Last[]> {
  return tx.$queryRaw<Last[]>`
    SELECT c.id AS "communityId", p.platform, last."rank"
    FROM unnest(${[...communities]}::uuid[]) AS c(id)
    CROSS JOIN unnest(${[...platforms]}::text[]) AS p(platform)
    CROSS JOIN LATERAL (
      SELECT "rank" FROM "Delivery"
      WHERE "communityId" = c.id AND "state" = 'queued' AND "platform" = p.platform::"Platform"
      ORDER BY "rank" DESC LIMIT 1
    ) AS last`;
}

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

/**
 * A rank for each delivery, in order: start-time fair queueing, with every message of the same weight (P. Goyal, H. Vin,
 * H. Cheng: Start-time Fair Queueing, SIGCOMM 1996). A community's next message comes one after its last one, and never
 * before the present, so communities take turns however much one of them has waiting, and nobody saves up time.
 */
export async function rank(tx: Tx, deliveries: readonly NewDelivery[]): Promise<number[]> {
  const platforms = distinct(deliveries.map(({ platform }) => platform));
  const communities = distinct(deliveries.map(({ communityId }) => communityId));
  const present = await virtualTime(tx, platforms);
  const key = (communityId: string, platform: Platform) => `${platform} ${communityId}`;
  const last = new Map<string, number>();
  for (const row of await lastRanks(tx, communities, platforms)) last.set(key(row.communityId, row.platform), row.rank);

  return deliveries.map(({ communityId, platform }) => {
    const mine = key(communityId, platform);
    const next = Math.max(present.get(platform) ?? 0, last.get(mine) ?? 0) + 1;
    last.set(mine, next);
    return next;
  });
}
