import { recipientName } from '../checkins/missed/plan.js';
import type { Ending } from '../privacy/ending.js';

/** Consents of others to tell the member something have ended; that there were some is theirs to know, without to whom. */
export async function endConsents({ db, who, now }: Ending): Promise<void> {
  const recipient = recipientName(who.id);
  await db.consent.updateMany({ where: { recipient, revokedAt: null }, data: { revokedAt: now } });
  await db.consent.updateMany({ where: { recipient }, data: { recipient: 'member' } });
}
