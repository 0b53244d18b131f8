import { z } from 'zod';
import { LEADS, personal, sealed, WORKING } from '../privacy/declare.js';

export const relayTables = {
  Relay: personal('Relay', {
    mine: ({ id }) => ({ OR: [{ aId: id }, { bId: id }] }),
    erased: 'goes',
    columns: {
      ...{ aId: 'either', bId: 'either', purpose: 'mine', openedAt: 'mine', until: 'mine', closedAt: 'mine', closedBy: 'either' },
      isQuiet: WORKING,
    },
  }),
  RelayMessage: personal('RelayMessage', {
    mine: ({ id }) => ({ fromId: id }),
    erased: 'goes',
    columns: { relayId: LEADS, fromId: 'self', body: sealed(z.string()), sentAt: 'mine' },
  }),
};
