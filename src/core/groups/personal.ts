import { z } from 'zod';
import { COMMUNITYS, LEADS, nobodys, personal, sealed, WORKING } from '../privacy/declare.js';

export const groupTables = {
  GroupCheckIn: personal('GroupCheckIn', {
    mine: ({ id }) => ({ createdById: id }),
    counted: false,
    erased: 'stays',
    columns: {
      createdById: 'named',
      ...{ spaceId: LEADS, channelId: COMMUNITYS, question: COMMUNITYS, rrule: COMMUNITYS, start: COMMUNITYS, times: COMMUNITYS },
      ...{ zone: COMMUNITYS, closesAfter: COMMUNITYS, settled: WORKING, state: COMMUNITYS, createdAt: 'mine' },
    },
  }),
  GroupRound: nobodys('one opening of a question of the community', 'groupId local opensAt closesAt closedAt'),
  GroupAnswer: personal('GroupAnswer', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: { roundId: LEADS, memberId: 'self', shown: 'mine', body: sealed(z.string()), createdAt: 'mine' },
  }),
};
