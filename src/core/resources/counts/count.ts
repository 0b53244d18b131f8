import type { Scope } from '../../scope.js';
import { plan } from '../../work/plan.js';
import { endOfMonth, MONTH_OVER, monthOf } from './month.js';
import type { Topic } from './topics.js';

/** What is counted: that somebody asked, that nothing was found for them, and how it went with a service. */
export const COUNTED = ['asked', 'nothing', 'reached', 'unanswered', 'waiting', 'unfit'] as const;
export type Counted = (typeof COUNTED)[number];

/**
 * Counts the member of the scope once a month for each of these topics, however often they ask. Who it was is not kept: until
 * the month is over, a keyed digest says that they were counted, and nothing else tells what.
 */
export async function countMember(
  { db, cipher, community, member, now }: Scope,
  what: Counted,
  topics: readonly Topic[],
): Promise<void> {
  const month = monthOf(now, community.zone);
  const { communityId } = db;
  await db.transact(async (tx) => {
    const isFirst = (await tx.resourceCounted.findFirst({ where: { month }, select: { id: true } })) === null;
    for (const topic of topics) {
      const digests = cipher.tags(`ResourceCounted:${month}:${member.id}:${what}:${topic}`).map((tag) => new Uint8Array(tag));
      const [digest] = digests;
      const isKnown = (await tx.resourceCounted.count({ where: { month, digest: { in: digests } } })) > 0;
      if (!digest || isKnown) continue;
      // Of two at the same moment one counts.
      const { count } = await tx.resourceCounted.createMany({ data: [{ communityId, month, digest }], skipDuplicates: true });
      if (count === 0) continue;
      await tx.resourceCount.upsert({
        where: { communityId_month_what_topic: { communityId, month, what, topic } },
        create: { communityId, month, what, topic, members: 1 },
        update: { members: { increment: 1 } },
      });
    }
    if (isFirst) await plan(tx, { kind: MONTH_OVER, subjectId: communityId }, endOfMonth(now, community.zone));
  });
}
