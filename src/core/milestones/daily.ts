import { Temporal } from 'temporal-polyfill';
import type { Cipher } from '../../db/cipher.js';
import type { Prisma } from '../../db/generated/client.js';
import { type Resealed, reseal } from '../../db/reseal.js';
import { type Look, type Looked, lookDaily } from '../daily/look.js';
import { anniversariesIn } from './anniversaries.js';
import { type Details, openDetails, periodsOf, sealDetails } from './details.js';
import { openPeriod } from './periods.js';

/** The kind of the daily look; its subject is the member. */
export const LOOK = 'milestones.day';

/** What was reached since the last look. The result is written whether or not there was something. */
function lookAt(details: Details, today: Temporal.PlainDate): Details {
  const through = Temporal.PlainDate.from(details.through);
  const open = openPeriod(periodsOf(details));
  const isNew = Temporal.PlainDate.compare(today, through) > 0;
  const found = open && isNew ? anniversariesIn(open.from, details.marks, through, today) : [];
  const last = found.at(-1);
  return {
    ...details,
    through: isNew ? today.toString() : details.through,
    // After a long downtime the latest is enough.
    fresh: last ? [{ ...last.mark, on: last.on.toString() }] : [],
  };
}

/** The daily look at the milestones of many members. @param tx over all communities */
export async function lookAtMilestones(
  looks: readonly Look[],
  tx: Prisma.TransactionClient,
  cipher: Cipher,
  now: Date,
): Promise<ReadonlyMap<string, Looked>> {
  const ids = looks.map(({ memberId }) => memberId);
  const rows = await tx.milestone.findMany({
    where: { memberId: { in: ids } },
    select: { id: true, memberId: true, details: true },
  });
  const written: Resealed[] = [];
  const looked = await lookDaily(LOOK, looks, tx, now, (memberId, today) => {
    const mine = rows.filter((row) => row.memberId === memberId);
    const after = mine.map((row) => ({ row, details: lookAt(openDetails(cipher, row), today) }));
    for (const { row, details } of after)
      written.push({ id: row.id, before: row.details, after: sealDetails(cipher, row.id, details) });
    if (mine.length === 0) return 'nothing';
    return after.some(({ details }) => details.fresh.length > 0) ? 'tell' : 'silent';
  });
  await reseal(tx, 'Milestone.details', written);
  return looked;
}
