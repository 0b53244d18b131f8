import type { Ending } from '../privacy/ending.js';
import { closeRelay } from './close.js';
import { otherOf } from './kinds.js';

/** Nothing is passed on between a member who is erased, or left, and anybody; the other one hears that it is over. */
export async function endRelays({ db, who, now, tell }: Ending): Promise<void> {
  const mine = { closedAt: null, OR: [{ aId: who.id }, { bId: who.id }] };
  for (const relay of await db.relay.findMany({ where: mine, orderBy: { id: 'asc' } })) {
    await closeRelay(db, relay.id, { quietly: true }, now);
    await tell('relay', otherOf(relay, who.id));
  }
}
