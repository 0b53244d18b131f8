import { openDates } from '../core/sessions/open-dates.js';
import type { Kind } from '../schedule/kinds.js';

/** Dates that come near get a row, and somebody who looks after them. */
export const sessionOpen: Kind = {
  async due(rows, tx, now) {
    const next = await openDates(
      rows.map(({ subjectId }) => subjectId),
      tx,
      now,
    );
    return { deliveries: [], next: new Map(rows.map(({ id, subjectId }) => [id, next.get(subjectId) ?? null])) };
  },
};
