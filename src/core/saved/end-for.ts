import { ifOpens } from '../../db/cipher.js';
import type { Ending } from '../privacy/ending.js';
import { openSaved, sealSaved } from './details.js';

/** What those whom the member helped saved says that they sent it, or may see it, sealed. */
export async function endSaved({ db, cipher, who }: Ending): Promise<void> {
  const pairings = await db.pairing.findMany({ where: { mentorId: who.id }, select: { menteeId: true } });
  const of = { memberId: { in: pairings.map(({ menteeId }) => menteeId) } };
  for (const row of await db.savedResource.findMany({ where: of })) {
    const opened = ifOpens(() => openSaved(cipher, row));
    if (!opened) continue;
    const { from, shownTo, ...saved } = opened;
    if (from !== who.id && !shownTo.includes(who.id)) continue;
    const others = shownTo.filter((id) => id !== who.id);
    const details = sealSaved(cipher, row.id, { ...saved, shownTo: others, ...(from !== who.id && from && { from }) });
    await db.savedResource.update({ where: { id: row.id }, data: { details } });
  }
}
