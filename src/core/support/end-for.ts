import type { Ending } from '../privacy/ending.js';
import { lookAnew } from './now/anew.js';
import { hold } from './now/hold.js';

/** Whoever was asked for the member, or is with them, hears that it is over; whom they had said yes to is looked after by others. */
export async function endSupport({ db, who, now, tell }: Ending): Promise<void> {
  const mine = { openFor: who.id };
  const others = { endedAt: null, asks: { some: { memberId: who.id } } };
  const requests = await db.supportRequest.findMany({ where: { OR: [mine, others] }, orderBy: { id: 'asc' } });
  for (const { id } of requests) {
    const row = await hold(db, id, now);
    if (!row || row.endedAt) continue;
    if (row.memberId === who.id) {
      for (const ask of row.asks) if (ask.said === null || ask.said === 'yes') await tell('asked', ask.memberId);
      continue;
    }
    if (!row.asks.some(({ memberId, said }) => memberId === who.id && said === 'yes')) continue;
    await lookAnew(db, row, 'no', now);
    await tell('volunteer', row.memberId);
  }
}
