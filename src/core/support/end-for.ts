import type { Ending } from '../privacy/ending.js';
import { lookAnew } from './now/anew.js';
import { endRequest, hold, type OpenRequest } from './now/hold.js';

/** Whom the member had said yes to is looked after by others, and hears it. @param endMine for a request of the member's own, which is held */
async function endEach({ db, who, now, tell }: Ending, endMine: (row: OpenRequest) => Promise<void>): Promise<void> {
  const mine = { openFor: who.id };
  const others = { endedAt: null, asks: { some: { memberId: who.id } } };
  const requests = await db.supportRequest.findMany({ where: { OR: [mine, others] }, orderBy: { id: 'asc' } });
  for (const { id } of requests) {
    const row = await hold(db, id, now);
    if (!row || row.endedAt) continue;
    if (row.memberId === who.id) {
      await endMine(row);
      continue;
    }
    if (!row.asks.some(({ memberId, said }) => memberId === who.id && said === 'yes')) continue;
    await lookAnew(db, row, 'no', now);
    await tell('volunteer', row.memberId);
  }
}

/** Who is erased: whoever was asked for the member, or is with them, hears that it is over. */
export const endSupport = (ending: Ending): Promise<void> =>
  endEach(ending, async ({ asks }) => {
    for (const { said, memberId } of asks) if (said === null || said === 'yes') await ending.tell('asked', memberId);
  });

/** Who left: what they asked for is taken back, of which whoever was asked hears as ever, and nobody waits for an answer of theirs. */
export async function leaveSupport(ending: Ending): Promise<void> {
  const { db, who, now } = ending;
  await endEach(ending, ({ id }) => endRequest(db, id, 'withdrawn', now));
  await db.supportAsk.updateMany({ where: { memberId: who.id, said: null }, data: { said: 'unreached', saidAt: now } });
}
