import { consent, endRow, factConsent } from '../privacy/consent.js';
import { FACT } from './missed/plan.js';
import { answerRequest } from './missed/recipient.js';
import { removeRecipient } from './missed/remove-recipient.js';

export const checkInConsents = {
  missed: factConsent([FACT], 'named', async (scope, held) => {
    const { db, member, now } = scope;
    const { memberId } = held;
    if (memberId === undefined) await endRow(scope, held);
    else await db.transact((tx) => removeRecipient(tx, member.id, memberId, now));
  }),
  /** A yes to hear the words of somebody's plan. */
  hears: consent('MissedStep', {
    whats: ['checkin.hears'],
    async list({ db, member }) {
      const steps = await db.missedStep.findMany({
        where: { recipientId: member.id, acceptedAt: { not: null }, declinedAt: null },
        orderBy: { acceptedAt: 'asc' },
      });
      return [...new Map(steps.reverse().map((step) => [step.planId, step])).values()].map(({ planId, acceptedAt }) => ({
        ...{ id: planId, what: 'checkin.hears', to: 'author' as const },
        since: acceptedAt as Date,
      }));
    },
    revoke: (scope, { id }) => answerRequest(scope, id, 'no', undefined),
  }),
};
