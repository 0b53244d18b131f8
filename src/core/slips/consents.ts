import { consent } from '../privacy/consent.js';
import { forget } from './attendance.js';

export const slipConsents = {
  /** That they were there is kept for a slip of their own. */
  attendance: consent('Attendance', {
    whats: ['slip.attendance'],
    asksTwice: true,
    async list({ db, member }) {
      const rows = await db.attendance.findMany({ where: { memberId: member.id } });
      return rows.map(({ id, cameAt }) => ({ id, what: 'slip.attendance', to: 'nobody' as const, since: cameAt }));
    },
    revoke: (scope, { id }) => forget(scope, id),
  }),
};
