import { kept, nobodys, personal } from '../privacy/declare.js';

export const feedTables = {
  Feed: personal('Feed', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: { memberId: 'self', secret: kept('a digest of what is told once'), isDiscreet: 'mine', createdAt: 'mine' },
  }),
  PublicList: nobodys('that a community publishes its list', 'createdAt'),
};
