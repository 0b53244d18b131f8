import { randomUUID } from 'node:crypto';
import { sealWishes } from '../../src/core/pairing/wishes.js';
import { holdRequest } from '../../src/core/pairing/work.js';
import type { Scope } from '../../src/core/scope.js';
import { NOW } from './agreed.js';

export interface OfferSpec {
  readonly menteeId: string;
  readonly mentorId: string;
  readonly until: Date;
  /** A request that is there already. */
  readonly known?: string;
}

/** Somebody asks for a sponsor, and this mentor is asked. @returns the offer's id */
export async function offerTo({ db, cipher }: Scope, { menteeId, mentorId, until, known }: OfferSpec): Promise<string> {
  const { communityId } = db;
  const [requestId, id] = [known ?? randomUUID(), randomUUID()];
  const details = sealWishes(cipher, requestId, { wishes: [], zone: 'UTC' });
  const request = { memberId: menteeId, openFor: menteeId, state: 'offered' as const, details, tellBy: until, askedAt: NOW };
  if (known) await db.pairingRequest.update({ where: { id: known }, data: { state: 'offered' } });
  else await db.pairingRequest.create({ data: { id: requestId, communityId, ...request } });
  await db.pairingOffer.create({
    data: { id, communityId, requestId, mentorId, openFor: requestId, askedAt: NOW, deadline: until },
  });
  await holdRequest(db, requestId, until);
  return id;
}
