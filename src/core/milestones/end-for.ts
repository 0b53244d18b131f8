import type { Ending } from '../privacy/ending.js';
import { takeOut } from '../privacy/take-out.js';
import { openDetails } from './details.js';
import { SHARE } from './share.js';

/** What the member said in channels about milestones is taken out of them. */
export async function endMilestones(ending: Ending): Promise<void> {
  const { db, cipher, who } = ending;
  for (const row of await db.milestone.findMany({ where: { memberId: who.id } })) {
    for (const { consent, platform, space, channel, backAt } of openDetails(cipher, row).shares) {
      if (backAt === undefined) await takeOut(ending, `${SHARE}:${consent}`, { platform, space, channel });
    }
  }
}
