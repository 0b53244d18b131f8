import { LEADS, personal, ROW, shaped } from '../privacy/declare.js';

/** Without the ids of mentors for whose eyes it is. */
const withoutOthers = (sealed: string | undefined) => {
  const { shownTo, ...mine } = JSON.parse(sealed ?? '{}');
  return { ...mine, ...(Array.isArray(shownTo) && shownTo.length > 0 && { isShown: true }) };
};

export const goalTables = {
  Goal: personal('Goal', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: { memberId: 'self', details: 'sealed', createdAt: 'mine' },
    shape: shaped('createdAt details', {}, ({ createdAt }, _who, open) => ({
      createdAt,
      details: withoutOthers(open('details')),
    })),
  }),
  GoalStep: personal('GoalStep', {
    mine: ({ id }) => ({ goal: { memberId: id } }),
    counted: false,
    erased: 'goes',
    columns: { goalId: LEADS, details: 'sealed', createdAt: 'mine' },
    shape: shaped('createdAt details', { goal: ROW }, ({ goalId, createdAt }, _who, open) => ({
      ...{ goal: goalId, createdAt, details: JSON.parse(open('details') ?? '{}') },
    })),
  }),
};
