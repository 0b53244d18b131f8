import type { TenantDb } from '../../db/tenant.js';
import type { PlatformName } from '../names.js';
import { plan } from '../work/plan.js';

/** Takes words out of a channel because who wrote them is erased, or wants it; the subject is the retraction. */
export const TAKE_OUT = 'ended.words';

/** The key of a message that was on its way when it was to be taken out. */
export const awaited = (retraction: string): string => `${TAKE_OUT}:awaited:${retraction}`;

/**
 * The message in a channel says no more than that it was taken back. Nothing happens where it was never sent. Call it in the
 * transaction that deletes what the message is about, before what is sent about that is forgotten.
 * @param once of its delivery
 */
export async function takeOut(
  { db, now }: { readonly db: TenantDb; readonly now: Date },
  once: string,
  where: { readonly platform: PlatformName; readonly space: string; readonly channel: string },
): Promise<void> {
  const said = await db.delivery.findFirst({ where: { once }, select: { id: true, ref: true, state: true } });
  const isOnItsWay = said?.state === 'queued';
  if (!said || (!isOnItsWay && said.ref === null)) return;
  const ref = isOnItsWay ? null : said.ref;
  const { id } = await db.retraction.create({ data: { communityId: db.communityId, ...where, ref, createdAt: now } });
  // What it is about is gone, so nobody sends it any more; if the platform has it already, its id will be written down there.
  if (isOnItsWay) await db.delivery.update({ where: { id: said.id }, data: { subjectId: id, once: awaited(id) } });
  await plan(db, { kind: TAKE_OUT, subjectId: id }, now);
}
