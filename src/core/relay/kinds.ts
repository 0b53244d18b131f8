import type { Relay } from '../../db/generated/client.js';
import type { SealedAt } from '../../db/sealed.js';
import { LIMITS } from '../limits/kinds.js';

/** Passes on what one wrote to the other; the subject is the message. */
export const RELAY = 'relay.message';
/** To who wrote it: it could not be passed on; the subject is the relay. */
export const LOST = 'relay.lost';
/** Closes a relay when its time is over, tells whoever is to be told, and forgets it a day later; the subject is the relay. */
export const OVER = 'relay.over';

/** What two people are brought together for. Each has words for how `a` and `b` are called to the other, in `relay.from`. */
export type RelayPurpose = 'support' | 'pairing';

/** Characters of one message: so it fits into one on every platform, with the words around it. */
export const MOST_CHARACTERS = 1500;
/** Messages that one person may write within so many minutes, in all relays together. */
export const MOST_MESSAGES = LIMITS.relay.person.most;
export const WITHIN_MINUTES = LIMITS.relay.person.within / 60_000;

export const bodyBinding = (id: string): SealedAt => `RelayMessage.body:${id}`;

/** Which of the two somebody is. */
export const sideOf = ({ aId }: Pick<Relay, 'aId'>, memberId: string): 'a' | 'b' => (aId === memberId ? 'a' : 'b');
/** The other one of the two. */
export const otherOf = ({ aId, bId }: Pick<Relay, 'aId' | 'bId'>, memberId: string): string => (aId === memberId ? bId : aId);
