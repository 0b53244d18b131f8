import type { Look, Looked } from '../core/daily/look.js';
import type { Kind, NewDelivery, Tx } from '../schedule/kinds.js';

/** Milliseconds after which a note of the morning is pointless. */
const WITHIN = 12 * 3_600_000;

/** A daily look at what members keep, and a discreet note when there is something to see. The subject is the member. */
export const dailyNote = (
  kind: string,
  look: (looks: readonly Look[], tx: Tx, now: Date) => Promise<ReadonlyMap<string, Looked>>,
  render: NonNullable<Kind['render']>,
): Kind => ({
  async due(rows, tx, now) {
    const looks = rows.map(({ id, subjectId, dueAt }) => ({ id, memberId: subjectId, dueAt }));
    const looked = await look(looks, tx, now);
    const deliveries = rows.flatMap(({ id, communityId, subjectId, dueAt }): NewDelivery[] => {
      const tell = looked.get(id)?.tell;
      if (!tell) return [];
      const { platform, day } = tell;
      const expiresAt = new Date(now.getTime() + WITHIN);
      return [
        { communityId, kind, subjectId, memberId: subjectId, platform, once: `${kind}:${subjectId}:${day}`, dueAt, expiresAt },
      ];
    });
    const next = rows.map(({ id }): [string, Date | null] => {
      const at = looked.get(id)?.next;
      return [id, at ? new Date(at.epochMilliseconds) : null];
    });
    return { deliveries, next: new Map(next) };
  },
  render,
});
