import type { Prisma } from '../../db/generated/client.js';
import type { PlatformName } from '../names.js';
import { MINUTE } from './kinds.js';

/** A date that is about to begin. */
export interface BeginRow {
  readonly id: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** Somebody said that they chair it, or is expected to. */
  readonly hasChair: boolean;
  /** Who is offered to begin: the chair, and the co-chair. */
  readonly chairs: readonly string[];
  /** Of its space. */
  readonly platform: PlatformName;
  /** The platform's id, where it is in a channel. */
  readonly channel?: string;
}

/** Those of these dates that did not begin yet and are not called off, by their id. @param tx over all communities */
export async function beginningsOf(tx: Prisma.TransactionClient, ids: readonly string[]): Promise<ReadonlyMap<string, BeginRow>> {
  const rows = await tx.occurrence.findMany({
    where: { id: { in: [...ids] }, state: 'planned' },
    include: { session: { include: { space: { select: { platform: true } } } } },
  });
  return new Map(
    rows.map(({ id, startsAt, minutes, chairId, chairState, channelId, session }) => {
      const chair = chairId ?? session.chairId;
      const channel = channelId ?? session.channelId;
      const chairs = [...new Set([chair, session.coChairId].filter((one) => one !== null))];
      return [
        id,
        {
          ...{ id, startsAt, endsAt: new Date(startsAt.getTime() + minutes * MINUTE), chairs },
          hasChair: chair !== null && chairState !== 'open',
          platform: session.space.platform,
          ...(channel !== null && { channel }),
        },
      ];
    }),
  );
}
