import { platformsOf } from '../core/members/reach.js';
import type { DueRow, Kind, NewDelivery, Tx } from '../schedule/kinds.js';

/** One message to one member, about the subject of the work that fell due. */
export interface Telling {
  readonly subjectId: string;
  readonly memberId: string;
  readonly expiresAt: Date;
}

/**
 * Falls due once, with a message to each of these members wherever they were met last.
 * @param kind of the deliveries
 * @param whom by the subjects that fell due
 */
export const dueTo =
  (
    kind: string,
    whom: (subjectIds: readonly string[], tx: Tx, now: Date) => Promise<readonly Telling[]>,
  ): NonNullable<Kind['due']> =>
  async (rows: readonly DueRow[], tx: Tx, now: Date) => {
    const tellings = await whom(
      rows.map(({ subjectId }) => subjectId),
      tx,
      now,
    );
    const platforms = await platformsOf(
      tx,
      tellings.map(({ memberId }) => memberId),
    );
    const deliveries = rows.flatMap(({ communityId, subjectId, dueAt }) =>
      tellings
        .filter((telling) => telling.subjectId === subjectId)
        .flatMap(({ memberId, expiresAt }): NewDelivery[] => {
          const platform = platforms.get(memberId);
          const once = `${kind}:${subjectId}:${memberId}:${dueAt.getTime()}`;
          return platform ? [{ communityId, kind, subjectId, memberId, platform, once, dueAt, expiresAt }] : [];
        }),
    );
    return { deliveries, next: new Map(rows.map(({ id }) => [id, null])) };
  };
