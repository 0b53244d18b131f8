import type { TenantDb } from '../../db/tenant.js';
import { workId } from '../work/id.js';
import { plan } from '../work/plan.js';

/** Looks after one request; the subject is the request. */
export const REQUEST = 'pairing.request';
/** Tells its asker how it stands; the subject is the request. */
export const WORD = 'pairing.word';
/** Asks a mentor; the subject is the offer. */
export const OFFER = 'pairing.offer';
/** Half of the time to answer is over; the subject is the offer. */
export const NUDGE = 'pairing.nudge';
/** Somebody said yes: both are shown what each will see of the other; the subject is the pairing. */
export const INTRODUCTION = 'pairing.introduction';
/** Both said yes; the subject is the pairing. */
export const MET = 'pairing.met';
/** It ended, or came to nothing; to the one or the other of the two; the subject is the pairing. */
export const OVER = { mentee: 'pairing.over.mentee', mentor: 'pairing.over.mentor' } as const;
export type Side = keyof typeof OVER;
/** Somebody waits for a facilitator's yes; to those who can say it; the subject is the request. */
export const APPROVAL = 'pairing.approval';
/** A request ended because its asker cannot ask for a time; to them; the subject is the restriction. */
export const RESTRICTED = 'pairing.restricted';
/** A report came; to coordinators; the subject is the report. */
export const REPORT = 'pairing.report';

/** Something changes for this request: it is looked at again at once, and until the transaction ends nobody else changes it. */
export const holdRequest = (tx: TenantDb, requestId: string, now: Date): Promise<void> =>
  plan(tx, { kind: REQUEST, subjectId: requestId }, now);

/** How many are looked at again when somebody may have become free. */
const WOKEN = 50;

/** A mentor may have become free: those who wait are looked at, the most urgent and then the longest waiting first. */
export async function lookAtWaiting(tx: TenantDb, now: Date): Promise<void> {
  const waiting = await tx.pairingRequest.findMany({
    where: { state: 'waiting' },
    orderBy: [{ urgency: 'asc' }, { askedAt: 'asc' }],
    take: WOKEN,
    select: { id: true },
  });
  await tx.dueWork.updateMany({
    where: { id: { in: waiting.map(({ id }) => workId({ kind: REQUEST, subjectId: id })) }, dueAt: { gt: now } },
    data: { dueAt: now, wakeAt: now },
  });
}
