import type { PrismaClient } from '../db/generated/client.js';
import type { PlatformName } from './names.js';

type Db = Pick<PrismaClient, 'uptime'>;

export interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** For how long it is remembered that the bot was up: longer than any silence that a plan can look back on. */
const KEPT_DAYS = 400;
const DAY = 24 * 60 * 60_000;

/** Begins a time of listening on a platform. @returns what {@link stillUp} puts forward */
export async function comeUp(db: Db, platform: PlatformName, now: Date): Promise<string> {
  await db.uptime.deleteMany({ where: { until: { lt: new Date(now.getTime() - KEPT_DAYS * DAY) } } });
  const { id } = await db.uptime.create({ data: { platform, since: now, until: now }, select: { id: true } });
  return id;
}

/** @returns whether there was something to put forward */
export async function stillUp(db: Db, id: string, now: Date): Promise<boolean> {
  const { count } = await db.uptime.updateMany({ where: { id }, data: { until: now } });
  return count > 0;
}

/**
 * When no process was connected to the platform, from `since` to `now`, rising. Where nothing is written down nobody could be
 * heard: an unknown time never counts as anybody's silence.
 * @param platform without it, any of them
 */
export async function downBetween(db: Db, since: Date, now: Date, platform?: PlatformName): Promise<Span[]> {
  const up = await db.uptime.findMany({
    where: { until: { gte: since }, since: { lte: now }, ...(platform && { OR: [{ platform }, { platform: null }] }) },
    orderBy: { since: 'asc' },
    select: { since: true, until: true },
  });
  const gaps: Span[] = [];
  let covered = since;
  for (const { since: from, until } of up) {
    if (from > covered) gaps.push({ from: covered, to: from });
    if (until > covered) covered = until;
  }
  return covered < now ? [...gaps, { from: covered, to: now }] : gaps;
}
