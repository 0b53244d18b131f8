import type { PlatformName } from '../names.js';
import { plan } from '../work/plan.js';
import type { Ending } from './ending.js';

/** Takes words out of a channel because who wrote them is erased; the subject is the retraction. */
export const TAKE_OUT = 'ended.words';

/**
 * The message in a channel says no more than that it was taken back. Nothing happens where it was never sent: what is queued goes with
 * what it is about.
 * @param once of its delivery
 */
export async function takeOut(
  { db, now }: Ending,
  once: string,
  where: { readonly platform: PlatformName; readonly space: string; readonly channel: string },
): Promise<void> {
  const said = await db.delivery.findFirst({ where: { once }, select: { ref: true } });
  if (!said?.ref) return;
  const made = await db.retraction.create({ data: { communityId: db.communityId, ...where, ref: said.ref, createdAt: now } });
  await plan(db, { kind: TAKE_OUT, subjectId: made.id }, now);
}
