import { randomUUID } from 'node:crypto';
import { type SealedAt, sealedAt } from '../../db/sealed.js';
import type { TenantDb } from '../../db/tenant.js';
import type { Ending } from './ending.js';
import { awaited } from './take-out.js';

/** Takes back what the bot sent to whoever is erased; the subject is the community, whose retractions do not tell whose they are. */
export const TAKE_BACK = 'ended.direct';

/** Rows of one statement. */
const PAGE = 1000;

/** Retractions of messages that were sent to somebody alone. */
export const DIRECT = { channel: null } as const;

export const directBinding = (db: TenantDb, id: string): SealedAt =>
  sealedAt('Retraction.direct', { id, communityId: db.communityId });

/** Those on their way are kept until it is known whether the platform took them. @returns how many */
async function keepOnTheirWay({ db, who, now }: Ending): Promise<number> {
  const waiting = await db.delivery.findMany({
    where: { memberId: who.id, state: 'queued' },
    select: { id: true, platform: true },
  });
  let kept = 0;
  for (const { id, platform } of waiting) {
    const retraction = randomUUID();
    // Nobody's any more, so that it does not go with the member, and about nothing, so that nobody sends it.
    const { count } = await db.delivery.updateMany({
      where: { id, state: 'queued' },
      data: { memberId: null, subjectId: retraction, once: awaited(retraction) },
    });
    if (count === 0) continue;
    await db.retraction.create({ data: { id: retraction, communityId: db.communityId, platform, createdAt: now } });
    kept += 1;
  }
  return kept;
}

/**
 * Writes down which messages the bot sent to the member, in their direct conversation or a private thread of theirs, as far as their
 * deliveries are kept: whatever has a recipient went nowhere else. Call it before these are forgotten, and plan {@link TAKE_BACK}
 * where it found any.
 */
export async function takeBackDirect(ending: Ending): Promise<boolean> {
  const { db, cipher, who, now } = ending;
  const kept = await keepOnTheirWay(ending);
  const sent = await db.delivery.findMany({
    where: { memberId: who.id, ref: { not: null } },
    distinct: ['platform', 'ref'],
    select: { platform: true, ref: true },
  });
  const rows = sent.map(({ platform, ref }) => {
    const id = randomUUID();
    const direct = cipher.seal(ref ?? '', directBinding(db, id));
    return { id, communityId: db.communityId, platform, direct, createdAt: now };
  });
  for (let at = 0; at < rows.length; at += PAGE) await db.retraction.createMany({ data: rows.slice(at, at + PAGE) });
  return kept + rows.length > 0;
}
