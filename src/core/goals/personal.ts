import { LEADS, personal, ROW, sealed, shaped } from '../privacy/declare.js';
import { type GoalDetails, goalShown, stepSchema } from './details.js';

/** Without the ids of mentors for whose eyes it is. */
const withoutOthers = (kept: Partial<GoalDetails> | null) => {
  if (!kept) return null;
  const { shownTo = [], ...mine } = kept;
  return { ...mine, ...(shownTo.length > 0 && { isShown: true }) };
};

export const goalTables = {
  Goal: personal('Goal', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: { memberId: 'self', details: sealed(goalShown), createdAt: 'mine' },
    shape: shaped('createdAt details', {}, ({ createdAt }, _who, open) => ({
      createdAt,
      details: withoutOthers(open('details')),
    })),
  }),
  GoalStep: personal('GoalStep', {
    mine: ({ id }) => ({ goal: { memberId: id } }),
    counted: false,
    erased: 'goes',
    columns: { goalId: LEADS, details: sealed(stepSchema), createdAt: 'mine' },
    shape: shaped('createdAt details', { goal: ROW }, ({ goalId, createdAt }, _who, open) => ({
      ...{ goal: goalId, createdAt, details: open('details') },
    })),
  }),
};
