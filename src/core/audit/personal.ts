import { kept, LEADS, nobodys, not, personal } from '../privacy/declare.js';

const CHAINED = kept('chains the trail; leads to nobody once the member is gone');

export const auditTables = {
  AuditEvent: personal('AuditEvent', {
    mine: ({ id }) => ({ OR: [{ actorId: id }, { aboutId: id }] }),
    erased: 'stays',
    columns: {
      ...{ actorId: 'named', action: 'mine', at: 'mine', aboutId: 'named', subjectId: LEADS, seq: not('its place in the trail') },
      ...{ actorTag: CHAINED, aboutTag: CHAINED, before: CHAINED, mac: CHAINED },
    },
    shape: ({ actorId, action, at }, { id }) => ({ action, at, by: actorId === id ? 'you' : 'somebody else, about you' }),
  }),
  AuditChain: nobodys('where the trail of a community stands', 'turn state'),
};
