import { kept, LEADS, nobodys, personal } from '../privacy/declare.js';

export const slipTables = {
  Attendance: personal('Attendance', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: {
      ...{ occurrenceId: LEADS, memberId: 'self', cameAt: 'mine', leftAt: 'mine' },
      slipId: kept('leads to a slip, which leads to nobody'),
    },
  }),
  Slip: nobodys('opens with its own code only, and names nobody and no date', 'lookup token'),
  SlipKey: nobodys('with which a community signs', 'privateKey createdAt'),
};
