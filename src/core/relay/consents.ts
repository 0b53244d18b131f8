import { consent } from '../privacy/consent.js';
import { endRelay } from './close.js';

export const relayConsents = {
  relay: consent('Relay', {
    whats: ['relay.support', 'relay.pairing'],
    async list({ db, member }) {
      const rows = await db.relay.findMany({ where: { closedAt: null, OR: [{ aId: member.id }, { bId: member.id }] } });
      return rows.map(({ id, purpose, openedAt }) => ({ id, what: `relay.${purpose}`, to: 'other' as const, since: openedAt }));
    },
    revoke: (scope, { id }) => endRelay(scope, id, false),
  }),
};
