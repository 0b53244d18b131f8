import { consent } from '../privacy/consent.js';
import { takeDown } from './share.js';

export const liveConsents = {
  written: consent('Share', {
    whats: ['live.share'],
    asksTwice: true,
    async list({ db, member }) {
      const rows = await db.share.findMany({
        where: { memberId: member.id, isDown: false },
        select: { id: true, createdAt: true },
      });
      return rows.map(({ id, createdAt }) => ({ id, what: 'live.share', to: 'channel' as const, since: createdAt }));
    },
    revoke: (scope, { id }) => takeDown(scope, id),
  }),
};
