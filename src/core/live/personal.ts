import { z } from 'zod';
import { COMMUNITYS, FLAG, LEADS, nobodys, personal, ROW, sealed, shaped, WORKING } from '../privacy/declare.js';
import { knownAs } from './mics/who.js';
import { pulseSchema } from './pulse.js';

export const liveTables = {
  SessionScript: nobodys("a community's own script, without who wrote it", 'body createdAt updatedAt'),
  LiveSession: personal('LiveSession', {
    mine: ({ id }) => ({ OR: [{ chairId: id }, { coChairId: id }] }),
    erased: 'stays',
    columns: {
      ...{ occurrenceId: LEADS, spaceId: LEADS, channelId: COMMUNITYS, cardNo: WORKING, revision: WORKING, script: COMMUNITYS },
      ...{ step: COMMUNITYS, stepSince: COMMUNITYS, startedAt: COMMUNITYS, closesAt: COMMUNITYS, pausedAt: COMMUNITYS },
      ...{ shareMinutes: COMMUNITYS, isMuted: COMMUNITYS, isClosed: COMMUNITYS, allowsUnnamed: COMMUNITYS },
      ...{ newcomersFirst: COMMUNITYS, isQuiet: COMMUNITYS, chairId: 'named', coChairId: 'named', chairSeenAt: 'mine' },
      ...{ shareCount: COMMUNITYS, endedAt: COMMUNITYS, tally: COMMUNITYS, countedAt: COMMUNITYS },
    },
    shape: shaped(
      'startedAt endedAt chairSeenAt',
      { date: ROW, chairs: FLAG, coChairs: FLAG },
      ({ occurrenceId, startedAt, endedAt, chairId, coChairId, chairSeenAt }, { id }) => ({
        ...{ date: occurrenceId, startedAt, endedAt, chairs: chairId === id, coChairs: coChairId === id },
        ...(chairId === id && { chairSeenAt }),
      }),
    ),
  }),
  Microphone: personal('Microphone', {
    mine: ({ cipher, accounts, spaces }) => ({
      who: {
        in: accounts.flatMap(({ platform, externalId }) =>
          spaces.filter((space) => space.platform === platform).flatMap((space) => knownAs(cipher, space, externalId)),
        ),
      },
    }),
    // Not before it is on again: see `end` of this folder.
    erased: 'deleted',
    columns: { liveId: LEADS, who: 'self', account: 'self', isOff: 'mine', state: WORKING, at: 'mine' },
  }),
  Hand: personal('Hand', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: { liveId: LEADS, memberId: 'self', order: WORKING, isNew: 'mine', since: 'mine', until: 'mine' },
  }),
  Share: personal('Share', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: { liveId: LEADS, memberId: 'self', body: sealed(z.string()), isDown: 'mine', createdAt: 'mine' },
  }),
  PulseAnswer: personal('PulseAnswer', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: { liveId: LEADS, memberId: 'self', answers: sealed(pulseSchema) },
  }),
};
