import { endRow, factConsent } from '../privacy/consent.js';
import { openDetails, SHARED_FACT } from './details.js';
import { takeBack } from './share.js';

export const milestoneConsents = {
  shared: factConsent([SHARED_FACT], 'channel', async (scope, held) => {
    const { db, cipher, member } = scope;
    const rows = await db.milestone.findMany({ where: { memberId: member.id } });
    const row = rows.find((one) => openDetails(cipher, one).shares.some((share) => share.consent === held.id));
    await (row ? takeBack(scope, row.id, held.id) : endRow(scope, held));
  }),
};
