import { z } from 'zod';
import { kept, LEADS, nobodys, not, personal, shaped } from '../privacy/declare.js';

const CHAINED = kept('chains the trail; leads to nobody once the member is gone');

const BY = ['you', 'somebody else, about you'] as const;

export const auditTables = {
  AuditEvent: personal('AuditEvent', {
    mine: ({ id }) => ({ OR: [{ actorId: id }, { aboutId: id }] }),
    erased: 'stays',
    columns: {
      ...{ actorId: 'named', action: 'mine', at: 'mine', aboutId: 'named', subjectId: LEADS, seq: not('its place in the trail') },
      ...{ actorTag: CHAINED, aboutTag: CHAINED, before: CHAINED, mac: CHAINED },
    },
    shape: shaped('action at', { by: z.enum(BY) }, ({ actorId, action, at }, { id }) => ({
      action,
      at,
      by: actorId === id ? BY[0] : BY[1],
    })),
  }),
  AuditChain: nobodys('where the trail of a community stands', 'turn state'),
};
