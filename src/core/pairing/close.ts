import type { Pairing } from '../../db/generated/client.js';
import type { SeparationKind } from '../../db/generated/enums.js';
import type { SealedAt } from '../../db/sealed.js';
import type { TenantDb } from '../../db/tenant.js';
import { closeRelay } from '../relay/close.js';
import { plan } from '../work/plan.js';
import { pairKey } from './pair.js';
import { pairingEnded, planKindly, UNPLANNED } from './rhythm.js';
import { pairingSettings } from './settings.js';
import { endShares } from './shares.js';
import { OVER, type Side } from './work.js';

const DAY = 24 * 3_600_000;

/** Two members are not offered to each other; the same again moves only its end. Inside a transaction. */
export async function separate(
  tx: TenantDb,
  [one, other]: readonly [string, string],
  what: { readonly kind: SeparationKind; readonly by?: string; readonly until?: Date },
): Promise<void> {
  const key = { communityId: tx.communityId, ...pairKey(one, other), kind: what.kind };
  const until = what.until ?? null;
  await tx.separation.upsert({
    where: { communityId_aId_bId_kind: key },
    create: { ...key, until, byId: what.by ?? null },
    update: { until },
  });
}

export interface Closing {
  /** Who hears that it is over: no more than that, and the words that the other left. */
  readonly tell: readonly Side[];
  /** Sealed for {@link farewellBinding}. */
  readonly farewell?: Uint8Array<ArrayBuffer>;
}

export const farewellBinding = (pairingId: string): SealedAt => `Pairing.farewell:${pairingId}`;

/**
 * Ends a pairing or an introduction without fault. What was shared is seen no more, nothing is passed on between the two, and
 * they are not offered to each other for the community's cooling-off time. Inside a transaction.
 * @returns whether it had not ended before
 */
export async function closePairing(
  tx: TenantDb,
  { id }: Pick<Pairing, 'id'>,
  { tell, farewell }: Closing,
  now: Date,
): Promise<boolean> {
  const [pairing] = await tx.pairing.updateManyAndReturn({
    where: { id, state: { not: 'ended' } },
    data: { state: 'ended', endedAt: now, nudgeAt: null, farewell: farewell ?? null },
  });
  if (!pairing) return false;
  const { menteeId, mentorId, relayId, startedAt } = pairing;
  const { coolingDays } = await pairingSettings(tx);
  await separate(tx, [menteeId, mentorId], { kind: 'ended', until: new Date(now.getTime() + coolingDays * DAY) });
  const wasInPlan = startedAt !== null && (await endShares(tx, menteeId, mentorId, now));
  if (wasInPlan) await planKindly(tx, UNPLANNED, id, menteeId, now);
  await pairingEnded(tx, id);
  if (relayId) await closeRelay(tx, relayId, { quietly: true }, now);
  for (const side of tell) await plan(tx, { kind: OVER[side], subjectId: id }, now);
  return true;
}
