import { consent } from '../privacy/consent.js';
import { stopExportLink } from './link.js';

export const exportConsents = {
  exportLink: consent('ExportLink', {
    whats: ['exportLink'],
    async list({ db, member, now }) {
      const rows = await db.exportLink.findMany({ where: { memberId: member.id, expiresAt: { gt: now } } });
      return rows.map(({ id, createdAt }) => ({ id, what: 'exportLink', to: 'self' as const, since: createdAt }));
    },
    revoke: (scope) => stopExportLink(scope),
  }),
};
