import { randomUUID } from 'node:crypto';
import { UserError } from '../../chat/errors.js';
import type { PairingOffer } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import type { Scope } from '../scope.js';
import { plan } from '../work/plan.js';
import { happen, planNext } from './happen.js';
import { holdMentor, mayBeAsked, placesTaken } from './takes.js';
import { openWishes, type Wishes } from './wishes.js';
import { holdRequest, INTRODUCTION } from './work.js';

/** An offer as the one who is asked is shown it. Who asks is not part of it. */
export interface OfferShown {
  readonly id: string;
  readonly deadline: Date;
  readonly urgency: 'today' | 'week' | 'month';
  readonly wishes: Wishes;
}

/** The offers that wait for the member's answer, the nearest deadline first. */
export async function myOffers({ db, cipher, member, now }: Scope): Promise<OfferShown[]> {
  const rows = await db.pairingOffer.findMany({
    where: { mentorId: member.id, state: 'open', deadline: { gt: now } },
    orderBy: { deadline: 'asc' },
    include: { request: true },
  });
  return rows.map(({ id, deadline, request }) => ({
    id,
    deadline,
    urgency: request.urgency,
    wishes: openWishes(cipher, request),
  }));
}

/** `full`: they had no place left at that moment, and it went on to somebody else. */
export type Answered = { readonly came: 'introduced'; readonly pairing: string } | { readonly came: 'full' | 'declined' };

/** Whether a place is free for who was asked already; until the transaction ends nobody else takes it. */
async function takesPlace(tx: TenantDb, mentorId: string, now: Date): Promise<boolean> {
  const profile = await holdMentor(tx, mentorId, now);
  return profile !== undefined && (await placesTaken(tx, mentorId)) < profile.capacity;
}

async function accept(scope: Scope, tx: TenantDb, { requestId }: PairingOffer): Promise<Answered> {
  const { cipher, member, now } = scope;
  const hands = { db: tx, cipher };
  const request = await tx.pairingRequest.findFirstOrThrow({ where: { id: requestId } });
  const isFree = (await takesPlace(tx, member.id, now)) && (await mayBeAsked(hands, request, member.id, now));
  const outcome = await happen(hands, requestId, isFree ? { is: 'accepted' } : { is: 'refused', as: 'full' }, now);
  if (!outcome) throw new UserError('sponsor.offer.closed');
  await planNext(tx, requestId, outcome);
  if (!isFree || !outcome.introBy) return { came: 'full' };
  const id = randomUUID();
  const between = { menteeId: request.memberId, mentorId: member.id };
  await tx.pairing.create({
    data: { id, communityId: tx.communityId, requestId, ...between, introBy: outcome.introBy, createdAt: now },
  });
  await plan(tx, { kind: INTRODUCTION, subjectId: id }, now);
  return { came: 'introduced', pairing: id };
}

/**
 * Answers an offer. A yes takes a place at that moment; a no needs no reason, and the asker never sees it.
 * @param id of the offer
 * @throws UserError when it is not open to the member any more
 */
export async function answerOffer(scope: Scope, id: string, says: 'yes' | 'no'): Promise<Answered> {
  const { db, cipher, member, now } = scope;
  return db.transact(async (tx) => {
    const mine = await tx.pairingOffer.findFirst({ where: { id, mentorId: member.id }, select: { requestId: true } });
    if (!mine) throw new UserError('sponsor.offer.closed');
    await holdRequest(tx, mine.requestId, now);
    const offer = await tx.pairingOffer.findFirst({ where: { id, state: 'open', deadline: { gt: now } } });
    if (!offer) throw new UserError('sponsor.offer.closed');
    if (says === 'yes') return accept(scope, tx, offer);
    const outcome = await happen({ db: tx, cipher }, offer.requestId, { is: 'refused', as: 'declined' }, now);
    if (!outcome) throw new UserError('sponsor.offer.closed');
    await planNext(tx, offer.requestId, outcome);
    return { came: 'declined' };
  });
}
