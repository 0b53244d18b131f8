import { kept, personal } from '../privacy/declare.js';

export const exportTables = {
  ExportLink: personal('ExportLink', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: { memberId: 'self', secret: kept('a digest of what is told once'), createdAt: 'mine', expiresAt: 'mine' },
  }),
};
