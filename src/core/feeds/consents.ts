import { consent } from '../privacy/consent.js';
import { stopLink } from './link.js';

export const feedConsents = {
  link: consent('Feed', {
    whats: ['feed.link'],
    async list({ db, member }) {
      const rows = await db.feed.findMany({ where: { memberId: member.id } });
      return rows.map(({ id, createdAt }) => ({ id, what: 'feed.link', to: 'calendar' as const, since: createdAt }));
    },
    revoke: (scope) => stopLink(scope),
  }),
};
