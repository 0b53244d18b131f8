import type { Pairing } from '../../db/generated/client.js';
import type { RequestState } from '../../db/generated/enums.js';
import type { Scope } from '../scope.js';
import { isOver, shownState } from './broker.js';
import { introductionOf, REQUEST_PARTS, requestNow } from './request-row.js';
import { openWishes, type Wishes } from './wishes.js';

/** A member's own request, as it is shown to them. */
export interface MyRequest {
  readonly id: string;
  readonly state: RequestState;
  readonly askedAt: Date;
  /** When they hear from us next, at the latest. */
  readonly tellBy: Date;
  readonly wishes: Wishes;
  readonly introduction?: Pairing;
}

/** The request that is open; the last one where none is. */
export async function myRequest({ db, cipher, member, now }: Scope): Promise<MyRequest | undefined> {
  const row = await db.pairingRequest.findFirst({
    where: { memberId: member.id },
    orderBy: { askedAt: 'desc' },
    include: REQUEST_PARTS,
  });
  if (!row) return undefined;
  const introduction = introductionOf(row);
  return {
    id: row.id,
    state: isOver(row.state) ? row.state : shownState(requestNow(row), now),
    askedAt: row.askedAt,
    tellBy: introduction?.introBy ?? row.tellBy,
    wishes: openWishes(cipher, row),
    ...(introduction && { introduction }),
  };
}

/** The pairings that a member is in now, the oldest first. */
export const myPairings = ({ db, member }: Scope): Promise<Pairing[]> =>
  db.pairing.findMany({
    where: { OR: [{ menteeId: member.id }, { mentorId: member.id }], state: { not: 'ended' } },
    orderBy: { createdAt: 'asc' },
  });
