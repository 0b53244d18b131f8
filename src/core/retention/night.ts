import type { PrismaClient } from '../../db/generated/client.js';
import { tenantDb } from '../../db/tenant.js';
import { dayOf, startOfDay } from '../../time/local.js';
import { isOver } from '../checkins/missed/asks.js';
import { nextNight } from '../daily/night.js';
import { KEPT_FOR } from '../limits/kinds.js';
import type { World } from '../scope.js';
import { within } from '../within.js';
import { workRow } from '../work/id.js';
import { RETENTION, RETENTION_NAMES, type RetentionName } from './kinds.js';
import { retentionDays } from './settings.js';

/** The kind of the nightly look at what was kept long enough; its subject is the community. */
export const NIGHT = 'retention.night';

/** Rows of a table that are deleted in one transaction. */
const BATCH = 500;
/** Nights of which it is told how much was deleted. */
const REPORTED = 90;

/**
 * Where the days that are kept begin: what was before goes in the night of `at`. Whole local days, so that a day is kept as long
 * as any other, also where the clocks were changed.
 * @param zone IANA
 */
export const keptFrom = (at: Date, zone: string, days: number): Date => startOfDay(at, zone, days);

/** Plans the nights of communities that have none planned. */
export async function planNights(prisma: PrismaClient, now: Date): Promise<void> {
  const planned = await prisma.dueWork.findMany({ where: { kind: NIGHT }, select: { subjectId: true } });
  const missing = await prisma.community.findMany({
    where: { id: { notIn: planned.map(({ subjectId }) => subjectId) } },
    select: { id: true, zone: true },
  });
  await prisma.dueWork.createMany({
    data: missing.map(({ id, zone }) => workRow({ kind: NIGHT, subjectId: id, communityId: id }, nextNight(id, zone, now))),
    skipDuplicates: true,
  });
}

interface Night {
  readonly world: World;
  readonly communityId: string;
  /** Local date. */
  readonly night: string;
  readonly signal: AbortSignal;
}

/** A batch and its count are written together, so that the count is right whenever the process dies. */
async function forgetKind({ world, communityId, night, signal }: Night, name: RetentionName, before: Date): Promise<void> {
  const { db, cipher } = within(world, communityId);
  for (;;) {
    signal.throwIfAborted();
    const gone = await db.transact(async (tx) => {
      const count = await RETENTION[name].forget(tx, cipher, before, BATCH);
      if (count > 0)
        await tx.forgotten.upsert({
          where: { communityId_kind_night: { communityId, kind: name, night } },
          create: { communityId, kind: name, night, count },
          update: { count: { increment: count } },
        });
      return count;
    });
    if (gone === 0) return;
  }
}

/**
 * Deletes what a community has kept for as long as it wants to. May be ended at any moment and be done again.
 * @returns when it is due next; null when the community is gone
 */
export async function forgetOld(
  world: World,
  { subjectId }: { readonly subjectId: string },
  now: Date,
  signal: AbortSignal,
): Promise<{ readonly next: Date | null }> {
  const community = await world.prisma.community.findUnique({ where: { id: subjectId } });
  if (!community) return { next: null };
  const { id: communityId, zone } = community;
  const db = tenantDb(world.prisma, communityId);
  const days = await retentionDays(db);
  const today = dayOf(now, zone);
  const night = { world, communityId, night: today.toString(), signal };
  for (const name of RETENTION_NAMES) await forgetKind(night, name, keptFrom(now, zone, days[name]));
  await db.exportLink.deleteMany({ where: { expiresAt: { lt: now } } });
  await db.restriction.deleteMany({ where: { until: { lt: now } } });
  await db.missedAsk.deleteMany({ where: isOver(now) });
  await db.actCount.deleteMany({ where: { since: { lt: new Date(now.getTime() - KEPT_FOR) } } });
  await db.forgotten.deleteMany({ where: { night: { lt: today.subtract({ days: REPORTED }).toString() } } });
  return { next: nextNight(communityId, zone, now) };
}
