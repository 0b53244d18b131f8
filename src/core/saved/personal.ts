import { FLAG, LEADS, personal, sealed, shaped } from '../privacy/declare.js';
import { type SavedDetails, savedShown } from './details.js';
import { sentSchema } from './send.js';

/** Without the ids of mentors: who sent it, and for whose eyes it is. */
const withoutOthers = (kept: Partial<SavedDetails> | null) => {
  if (!kept) return null;
  const { shownTo = [], from, ...mine } = kept;
  return { ...mine, ...(from && { isFromMentor: true }), ...(shownTo.length > 0 && { isShown: true }) };
};

export const savedTables = {
  SavedResource: personal('SavedResource', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: { memberId: 'self', details: sealed(savedShown), createdAt: 'mine' },
    shape: shaped('createdAt details', {}, ({ createdAt }, _who, open) => ({
      createdAt,
      details: withoutOthers(open('details')),
    })),
  }),
  SentResource: personal('SentResource', {
    mine: ({ id }) => ({ OR: [{ fromId: id }, { toId: id }] }),
    erased: 'goes',
    columns: { pairingId: LEADS, fromId: 'either', toId: 'either', details: sealed(sentSchema), at: 'mine' },
    shape: shaped('at details', { isFromMe: FLAG }, ({ fromId, at }, { id }, open) => ({
      ...{ at, isFromMe: fromId === id, details: open('details') },
    })),
  }),
};
