import { closeLive } from '../core/live/due.js';
import { CARD } from '../core/live/kinds.js';
import { countPulse } from '../core/live/pulse.js';
import type { World } from '../core/scope.js';
import { within } from '../core/within.js';
import { plan } from '../core/work/plan.js';
import type { Kind } from '../schedule/kinds.js';

/** A session that nobody ended, after its time: over, unless somebody still shares. */
export const liveClose = ({ cipher }: World): Kind => ({
  async due(rows, tx, now) {
    const next = new Map<string, Date | null>();
    for (const { id, communityId, subjectId } of rows) next.set(id, await closeLive({ tx, cipher, communityId }, subjectId, now));
    return { deliveries: [], next };
  },
});

/** A day after the end: the pulse becomes numbers, and what was kept for it is deleted. */
export const liveAfter = ({ cipher }: World): Kind => ({
  async due(rows, tx, now) {
    for (const { communityId, subjectId } of rows) {
      const here = within({ prisma: tx, cipher }, communityId);
      await countPulse(here, subjectId, now);
      await plan(here.db, { kind: CARD, subjectId }, now);
    }
    return { deliveries: [], next: new Map(rows.map(({ id }) => [id, null])) };
  },
});
