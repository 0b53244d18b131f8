import { consent } from '../privacy/consent.js';
import { endMine } from './now/end.js';
import { unlist } from './oncall/change.js';
import { removeShift } from './oncall/remove.js';

export const supportConsents = {
  /** Whoever says yes is told who asks, and reads their few words. */
  asking: consent('SupportRequest', {
    whats: ['support.asking'],
    async list({ db, member }) {
      const rows = await db.supportRequest.findMany({ where: { openFor: member.id } });
      return rows.map(({ id, askedAt }) => ({ id, what: 'support.asking', to: 'volunteers' as const, since: askedAt }));
    },
    revoke: (scope, { id }) => endMine(scope, id, 'withdrawn'),
  }),
  listed: consent('OncallVolunteer', {
    whats: ['support.listed'],
    async list({ db, member }) {
      const rows = await db.oncallVolunteer.findMany({ where: { memberId: member.id, isListed: true } });
      return rows.map(({ id, createdAt }) => ({ id, what: 'support.listed', to: 'roster' as const, since: createdAt }));
    },
    revoke: (scope) => unlist(scope),
  }),
  oncall: consent('OncallVolunteer', {
    whats: ['support.oncall'],
    asksTwice: true,
    async list({ db, member }) {
      const rows = await db.oncallVolunteer.findMany({ where: { memberId: member.id } });
      return rows.map(({ id, createdAt }) => ({ id, what: 'support.oncall', to: 'volunteers' as const, since: createdAt }));
    },
    revoke: (scope) => removeShift(scope),
  }),
};
