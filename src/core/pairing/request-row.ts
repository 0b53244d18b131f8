import type { Pairing, PairingOffer, PairingRequest } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import type { RequestNow } from './broker.js';

export type RequestRow = PairingRequest & { readonly offers: readonly PairingOffer[]; readonly pairings: readonly Pairing[] };

export const REQUEST_PARTS = { offers: { orderBy: { askedAt: 'asc' } }, pairings: { orderBy: { createdAt: 'asc' } } } as const;

/** A request with everybody who was asked. */
export const requestRow = (tx: TenantDb, id: string): Promise<RequestRow | null> =>
  tx.pairingRequest.findFirst({ where: { id }, include: REQUEST_PARTS });

export const openOffer = ({ offers }: Pick<RequestRow, 'offers'>): PairingOffer | undefined =>
  offers.find(({ state }) => state === 'open');

/** The introduction that is going on. */
export const introductionOf = ({ pairings }: Pick<RequestRow, 'pairings'>): Pairing | undefined =>
  pairings.find(({ state }) => state === 'introducing');

/** A row, as the broker sees it. */
export function requestNow(row: RequestRow): RequestNow {
  const offer = openOffer(row);
  const ended = row.offers.filter(
    ({ state }) => state === 'declined' || state === 'unreached' || state === 'full' || state === 'withdrawn',
  );
  const lastDeadline = ended.at(-1)?.deadline;
  const intro = introductionOf(row);
  const lastMet = row.pairings.at(-1);
  return {
    state: row.state,
    urgency: row.urgency,
    askedAt: row.askedAt,
    tellBy: row.tellBy,
    ...(row.waitingAt && { waitingAt: row.waitingAt }),
    ...(lastMet?.endedAt && { since: lastMet.endedAt }),
    ...(offer && { offer }),
    ...(lastDeadline && { lastDeadline }),
    ...(intro && { introBy: intro.introBy }),
  };
}
