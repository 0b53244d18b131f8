import type { TenantDb } from '../../db/tenant.js';
import { plan } from '../work/plan.js';
import { OVER, type RelayPurpose } from './kinds.js';

/** Ids of two members of the community. Which is `a` decides what each is called to the other: see `relay.from` in the catalogue. */
export interface RelayBetween {
  readonly a: string;
  readonly b: string;
  readonly purpose: RelayPurpose;
  /** When it closes by itself; without it, when one of the two closes it. */
  readonly until?: Date;
}

/**
 * Opens a way for two members to write to each other through the bot, wherever each of them is: on the same platform or on
 * another one, with direct messages from people open or closed. Neither is shown the other's account. Both must have agreed to
 * it before.
 *
 * How to use it: call this in the transaction that brings the two together, keep the id that it returns, and give each of them
 * `relayButtons(words, id)` (`src/cards/relay.ts`) in the message that says so. All else follows: the form, passing on, the
 * limits, closing by either, forgetting. To end it yourself, call {@link closeRelay}; where contact must stop at once, with
 * `quietly`. Two whom a `MemberBlock` keeps apart can write nothing, from the moment that it is written.
 *
 * A new purpose needs two texts, `relay.from.<purpose>.a` and `.b`, and its name in `RelayPurpose`.
 *
 * @returns its id
 */
export async function openRelay(tx: TenantDb, { a, b, purpose, until }: RelayBetween, now: Date): Promise<string> {
  const data = { communityId: tx.communityId, aId: a, bId: b, purpose, openedAt: now, until: until ?? null };
  const { id } = await tx.relay.create({ data });
  if (until) await plan(tx, { kind: OVER, subjectId: id }, until);
  return id;
}
