import { not, personal } from '../privacy/declare.js';

export const limitTables = {
  ActCount: personal('ActCount', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: {
      ...{ memberId: 'self', act: 'mine', since: 'mine', count: 'mine' },
      toldAt: not('when facilitators were told that something was done too often, not by whom'),
    },
  }),
};
