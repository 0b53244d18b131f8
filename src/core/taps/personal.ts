import { kept, personal } from '../privacy/declare.js';

export const tapTables = {
  Tap: personal('Tap', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: {
      ...{ memberId: 'self', path: 'mine', createdAt: 'mine' },
      // Of somebody else's buttons it may name the member: see `end` of this folder.
      input: kept('what a button does; may name somebody else'),
    },
  }),
};
