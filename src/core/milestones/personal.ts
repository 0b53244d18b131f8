import { personal, sealed, shaped } from '../privacy/declare.js';
import { type Details, detailsShown } from './details.js';

/** Without the ids of mentors for whose eyes it is, and without a platform's ids of places. */
function withoutOthers(kept: Partial<Details> | null) {
  if (!kept) return null;
  const { shownTo = [], shares = [], ...mine } = kept;
  const said = shares.map(({ words, called, at, backAt }) => ({ words, called, at, backAt }));
  return { ...mine, shares: said, ...(shownTo.length > 0 && { isShown: true }) };
}

export const milestoneTables = {
  Milestone: personal('Milestone', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: { memberId: 'self', details: sealed(detailsShown), createdAt: 'mine', updatedAt: 'mine' },
    shape: shaped('createdAt updatedAt details', {}, ({ createdAt, updatedAt }, _who, open) => ({
      ...{ createdAt, updatedAt, details: withoutOthers(open('details')) },
    })),
  }),
};
