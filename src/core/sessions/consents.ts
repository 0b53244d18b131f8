import { consent } from '../privacy/consent.js';
import { declineNaming, stillNamed } from './naming.js';
import { hideName } from './rsvp.js';

export const sessionConsents = {
  /** The chair sees who comes to a date. */
  named: consent('Rsvp', {
    whats: ['session.named'],
    async list({ db, member, now }) {
      const rows = await db.rsvp.findMany({
        where: { memberId: member.id, isNamed: true, occurrence: { state: 'planned', startsAt: { gt: now } } },
      });
      return rows.map(({ id, updatedAt }) => ({ id, what: 'session.named', to: 'chair' as const, since: updatedAt }));
    },
    revoke: (scope, { id }) => hideName(scope, id),
  }),
  /** Somebody named them to chair or help, and they did not say no. */
  serves: consent('SessionNaming', {
    whats: ['session.serves'],
    async list({ db, member }) {
      const rows = await db.sessionNaming.findMany({ where: { memberId: member.id, declinedAt: null }, orderBy: { at: 'asc' } });
      const held = await Promise.all(rows.map(async (row) => ((await stillNamed(db, row)) ? [row] : [])));
      const named = new Map(held.flat().map((row) => [`${row.sessionId} ${row.part}`, row]));
      return [...named.values()].map(({ id, at }) => ({ id, what: 'session.serves', to: 'group' as const, since: at }));
    },
    async past({ db, member }) {
      const rows = await db.sessionNaming.findMany({ where: { memberId: member.id, declinedAt: { not: null } } });
      return rows.map(({ at, declinedAt }) => ({
        ...{ what: 'session.serves', to: 'group' as const },
        ...{ since: at, until: declinedAt as Date },
      }));
    },
    revoke: (scope, { id }) => declineNaming(scope, id),
  }),
};
