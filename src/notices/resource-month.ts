import { monthOf } from '../core/resources/counts/month.js';
import type { Kind } from '../schedule/kinds.js';

/** The month is over: who was counted in it is forgotten, the numbers stay. Nobody is told. */
export const resourceMonth: Kind = {
  async due(rows, tx, now) {
    const communities = await tx.community.findMany({
      where: { id: { in: rows.map(({ subjectId }) => subjectId) } },
      select: { id: true, zone: true },
    });
    for (const { id, zone } of communities)
      await tx.resourceCounted.deleteMany({ where: { communityId: id, month: { not: monthOf(now, zone) } } });
    return { deliveries: [], next: new Map(rows.map(({ id }) => [id, null])) };
  },
};
