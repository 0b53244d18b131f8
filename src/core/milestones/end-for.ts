import { type Cipher, ifOpens } from '../../db/cipher.js';
import type { TenantDb } from '../../db/tenant.js';
import type { Ending } from '../privacy/ending.js';
import { takeOut } from '../privacy/take-out.js';
import { openDetails } from './details.js';
import { saidKey } from './share.js';

interface Ends {
  /** The transaction. */
  readonly db: TenantDb;
  readonly cipher: Cipher;
  readonly now: Date;
}

/**
 * What was said in channels about a milestone that goes is taken out of them, also what was taken back already: that may wait to be
 * sent, and goes with the milestone. Of one that does not open nobody knows what was said.
 * @returns the consents to it
 */
export async function takeOutShares(ends: Ends, row: { readonly id: string; readonly details: Uint8Array }): Promise<string[]> {
  const shares = ifOpens(() => openDetails(ends.cipher, row).shares) ?? [];
  for (const { consent, platform, space, channel } of shares) await takeOut(ends, saidKey(consent), { platform, space, channel });
  return shares.map(({ consent }) => consent);
}

/** What the member said in channels about milestones is taken out of them. */
export async function endMilestones(ending: Ending): Promise<void> {
  const rows = await ending.db.milestone.findMany({ where: { memberId: ending.who.id } });
  for (const row of rows) await takeOutShares(ending, row);
}
