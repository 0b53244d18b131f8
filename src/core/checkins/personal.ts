import { z } from 'zod';
import { FLAG, LEADS, personal, ROW, sealed, shaped, WORKING } from '../privacy/declare.js';
import { answersSchema } from './answers.js';
import { ownTemplateSchema } from './own-template.js';

export const checkInTables = {
  CheckIn: personal('CheckIn', {
    mine: ({ id }) => ({ memberId: id }),
    counted: false,
    erased: 'goes',
    columns: {
      ...{ memberId: 'self', at: 'mine', zone: 'mine', template: 'mine', answers: sealed(answersSchema), createdAt: 'mine' },
      promptId: LEADS,
    },
  }),
  CheckInSchedule: personal('CheckInSchedule', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: {
      ...{ memberId: 'self', rrule: 'mine', start: 'mine', times: 'mine', template: 'mine', window: 'mine', skips: 'mine' },
      ...{ settled: WORKING, state: 'mine', resumeAt: 'mine', createdAt: 'mine' },
    },
  }),
  CheckInPrompt: personal('CheckInPrompt', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: {
      ...{ memberId: 'self', scheduleId: LEADS, local: 'mine', zone: 'mine', dueAt: 'mine', snoozes: 'mine', state: 'mine' },
      ...{ endedAt: 'mine', createdAt: WORKING },
    },
  }),
  CheckInTemplate: personal('CheckInTemplate', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: { memberId: 'self', content: sealed(ownTemplateSchema), retiredAt: 'mine', createdAt: 'mine' },
  }),
  MissedPlan: personal('MissedPlan', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: { memberId: 'self', since: 'mine', taken: 'mine', createdAt: 'mine' },
  }),
  MissedAsk: personal('MissedAsk', {
    mine: ({ id }) => ({ OR: [{ memberId: id }, { recipientId: id }] }),
    erased: 'goes',
    columns: { memberId: 'either', recipientId: 'either', askedAt: 'mine', declinedAt: 'mine' },
  }),
  MissedStep: personal('MissedStep', {
    mine: ({ id }) => ({ OR: [{ recipientId: id }, { plan: { memberId: id } }] }),
    counted: ({ id }) => ({ recipientId: id }),
    erased: 'goes',
    columns: {
      ...{
        planId: LEADS,
        position: 'mine',
        afterMissed: 'mine',
        waitMinutes: 'mine',
        recipientId: 'either',
        words: sealed(z.string()),
      },
      ...{ acceptedAt: 'mine', declinedAt: 'mine' },
    },
    // The words of a plan that names the member are those of who wrote it.
    shape: shaped(
      'position afterMissed waitMinutes words acceptedAt declinedAt',
      { isOfAnother: FLAG, plan: ROW, tells: z.enum(['me', 'a member']) },
      ({ planId, position, afterMissed, waitMinutes, recipientId, acceptedAt, declinedAt }, { id }, open) => {
        if (recipientId === id) return { isOfAnother: true, acceptedAt, declinedAt };
        const step = { plan: planId, position, afterMissed, waitMinutes, words: open('words') };
        return { isOfAnother: false, ...step, tells: recipientId === null ? 'me' : 'a member', acceptedAt, declinedAt };
      },
    ),
  }),
};
