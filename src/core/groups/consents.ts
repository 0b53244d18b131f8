import { consent } from '../privacy/consent.js';
import { takeBackAnswer } from './answer.js';

export const groupConsents = {
  answers: consent('GroupAnswer', {
    whats: ['group.answer'],
    asksTwice: true,
    async list({ db, member }) {
      const rows = await db.groupAnswer.findMany({
        where: { memberId: member.id },
        select: { id: true, shown: true, createdAt: true },
      });
      return rows.map(({ id, shown, createdAt }) => ({
        ...{ id, what: 'group.answer', since: createdAt },
        to: shown === 'facilitators' ? ('facilitators' as const) : ('channel' as const),
      }));
    },
    revoke: (scope, { id }) => takeBackAnswer(scope, id),
  }),
};
