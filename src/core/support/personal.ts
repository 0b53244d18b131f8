import { z } from 'zod';
import { LEADS, nobodys, personal, sealed, WORKING } from '../privacy/declare.js';

export const supportTables = {
  LocalLine: nobodys(
    'crisis lines that a community adds, corrects or hides, without who did it',
    'country shipped verifiedOn facts createdAt',
  ),
  OncallVolunteer: personal('OncallVolunteer', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: {
      ...{ memberId: 'self', languages: 'mine', isListed: 'mine', pausedAt: 'mine', pausedUntil: 'mine', lastAskedAt: 'mine' },
      createdAt: 'mine',
    },
  }),
  OncallShift: personal('OncallShift', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: { memberId: 'self', days: 'mine', from: 'mine', to: 'mine', zone: 'mine', createdAt: 'mine' },
  }),
  SupportRequest: personal('SupportRequest', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: {
      ...{
        memberId: 'self',
        openFor: 'self',
        language: 'mine',
        words: sealed(z.string()),
        askedAt: 'mine',
        since: WORKING,
        until: 'mine',
      },
      ...{ relayId: LEADS, endedAt: 'mine', ended: 'mine' },
    },
  }),
  SupportAsk: personal('SupportAsk', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: {
      ...{
        requestId: LEADS,
        memberId: 'self',
        isCoordinator: 'mine',
        round: WORKING,
        askedAt: 'mine',
        said: 'mine',
        saidAt: 'mine',
      },
    },
  }),
};
