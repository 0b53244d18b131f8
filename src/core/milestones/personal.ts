import { personal, shaped } from '../privacy/declare.js';

/** Without the ids of mentors for whose eyes it is, and without a platform's ids of places. */
function withoutOthers(sealed: string | undefined) {
  const { shownTo, shares = [], ...mine } = JSON.parse(sealed ?? '{}');
  const said = shares.map(({ words, called, at, backAt }: Record<string, unknown>) => ({ words, called, at, backAt }));
  return { ...mine, shares: said, ...(Array.isArray(shownTo) && shownTo.length > 0 && { isShown: true }) };
}

export const milestoneTables = {
  Milestone: personal('Milestone', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: { memberId: 'self', details: 'sealed', createdAt: 'mine', updatedAt: 'mine' },
    shape: shaped('createdAt updatedAt details', {}, ({ createdAt, updatedAt }, _who, open) => ({
      ...{ createdAt, updatedAt, details: withoutOthers(open('details')) },
    })),
  }),
};
