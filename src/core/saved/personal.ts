import { FLAG, LEADS, personal, shaped } from '../privacy/declare.js';

/** Without the ids of mentors: who sent it, and for whose eyes it is. */
const withoutOthers = (sealed: string | undefined) => {
  const { shownTo, from, ...mine } = JSON.parse(sealed ?? '{}');
  const isShown = Array.isArray(shownTo) && shownTo.length > 0;
  return { ...mine, ...(from && { isFromMentor: true }), ...(isShown && { isShown }) };
};

export const savedTables = {
  SavedResource: personal('SavedResource', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: { memberId: 'self', details: 'sealed', createdAt: 'mine' },
    shape: shaped('createdAt details', {}, ({ createdAt }, _who, open) => ({
      createdAt,
      details: withoutOthers(open('details')),
    })),
  }),
  SentResource: personal('SentResource', {
    mine: ({ id }) => ({ OR: [{ fromId: id }, { toId: id }] }),
    erased: 'goes',
    columns: { pairingId: LEADS, fromId: 'either', toId: 'either', details: 'sealed', at: 'mine' },
    shape: shaped('at details', { isFromMe: FLAG }, ({ fromId, at }, { id }, open) => ({
      ...{ at, isFromMe: fromId === id, details: JSON.parse(open('details') ?? '{}') },
    })),
  }),
};
