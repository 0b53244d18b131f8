import { type CrisisLine, crisisLines } from '../core/support/crisis-table.js';
import { isStale, STALE_AFTER } from '../core/support/stale.js';
import type { PrismaClient } from '../db/generated/client.js';
import { type Finding, look, ok } from './finding.js';

/** Told by name; of more only how many. */
const NAMED = 20;
const DAY_MS = 86_400_000;

/** Which lines of the table nobody compared with their sources for long, and what to do. */
export function shippedCrisisAge(now: Date, lines: readonly Pick<CrisisLine, 'id' | 'verified'>[] = crisisLines): Finding {
  const stale = lines.filter(({ verified }) => isStale(verified, now)).map(({ id }) => id);
  if (stale.length === 0) return ok(`${lines.length} crisis lines, all verified within ${STALE_AFTER} days.`);
  const more = stale.length > NAMED ? ` and ${stale.length - NAMED} more` : '';
  return look(
    `${stale.length} crisis lines were last verified more than ${STALE_AFTER} days ago: ${stale.slice(0, NAMED).join(', ')}${more}. Update Homegroup, or compare them with their sources and build the table anew (docs/crisis.md).`,
  );
}

/** The same of the lines that communities added or corrected. Which line it is, coordinators see by its age in the list. */
export async function* localCrisisAge(prisma: PrismaClient, now: Date): AsyncGenerator<Finding> {
  const before = new Date(now.getTime() - STALE_AFTER * DAY_MS);
  const stale = await prisma.localLine.groupBy({
    by: ['communityId', 'country', 'shipped'],
    where: { verifiedOn: { lt: before }, facts: { not: null } },
    _count: true,
    orderBy: [{ communityId: 'asc' }, { country: 'asc' }, { shipped: 'asc' }],
  });
  for (const { communityId, country, shipped, _count } of stale)
    yield look(
      `Crisis lines of community ${communityId} for ${country}${shipped === null ? '' : `, instead of ${shipped}`}, last checked more than ${STALE_AFTER} days ago: ${_count}. A coordinator calls or opens each, and says so with /community crisis.`,
    );
}
