import type { Kind } from '../schedule/kinds.js';

/** What a member tapped for a slip is deleted when its time is over. Nobody is told. */
export const slipForget: Kind = {
  async due(rows, tx) {
    await tx.attendance.deleteMany({ where: { id: { in: rows.map(({ subjectId }) => subjectId) } } });
    return { deliveries: [], next: new Map(rows.map(({ id }) => [id, null])) };
  },
};
