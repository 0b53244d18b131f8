import type { Platform } from '../chat/index.js';
import type { Clock } from '../clock.js';
import { load } from './deliver.js';
import { type EndParts, endFailed } from './ends.js';
import { forgetPaces } from './pace.js';

const PAGE = 1000;
/** Milliseconds for which a delivery is left to the lanes before it is looked at. */
const GRACE = 60_000;

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Deliveries that are queued, page by page. */
async function* queued({ prisma }: EndParts, createdBefore?: Date) {
  for (let after = FIRST_ID; ; ) {
    const rows = await prisma.delivery.findMany({
      where: { state: 'queued', id: { gt: after }, ...(createdBefore && { createdAt: { lt: createdBefore } }) },
      orderBy: { id: 'asc' },
      take: PAGE,
      select: { id: true, platform: true, rank: true },
    });
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.id;
  }
}

/**
 * Takes up at once what a dead process had taken. Only where no other process can live: on the embedded database, at the
 * start. Elsewhere it happens by itself after a while.
 */
export async function recover(parts: EndParts): Promise<void> {
  for await (const rows of queued(parts)) {
    for (const platform of new Set(rows.map((row) => row.platform))) {
      await parts.queue.release(
        platform as Platform,
        rows.filter((row) => row.platform === platform).map(({ id }) => id),
      );
    }
  }
}

/** A delivery that is queued and has no job gets one; the queue knows those that have. */
async function repair(parts: EndParts, started: Date): Promise<void> {
  for await (const rows of queued(parts, started)) await parts.queue.add(rows);
}

async function bury(parts: EndParts, now: Date): Promise<void> {
  const given = await parts.queue.givenUp();
  for (const delivery of await load(
    parts,
    given.map(({ deliveryId }) => deliveryId),
  )) {
    parts.log.error({ kind: delivery.kind, delivery: delivery.id }, 'A message was given up: it failed too often.');
    await endFailed(parts, delivery, { state: 'dead', reason: 'given-up' }, now);
  }
  await parts.queue.forget(given);
}

/** What nobody sends any more, for a platform that is no longer connected, is accounted for. */
async function dropLate(parts: EndParts, now: Date): Promise<void> {
  const rows = await parts.prisma.delivery.findMany({
    where: { state: 'queued', expiresAt: { lt: new Date(now.getTime() - GRACE) } },
    take: PAGE,
    select: { id: true },
  });
  for (const delivery of await load(
    parts,
    rows.map(({ id }) => id),
  )) {
    await endFailed(parts, delivery, { state: 'dropped', reason: 'late' }, now);
  }
}

/** Keeps deliveries and jobs in agreement, whatever happened between two writes. @param real the unmoved clock */
export async function upkeep(parts: EndParts, clock: Clock, real: Clock): Promise<void> {
  await bury(parts, clock.now());
  await dropLate(parts, clock.now());
  await repair(parts, new Date(real.now().getTime() - GRACE));
  await forgetPaces(parts.prisma);
}
