import { z } from 'zod';
import { COMMUNITYS, FLAG, LEADS, personal, ROW, shaped, WORKING } from '../privacy/declare.js';

export const sessionTables = {
  Session: personal('Session', {
    mine: ({ id }) => ({ OR: [{ chairId: id }, { coChairId: id }, { createdById: id }] }),
    counted: ({ id }) => ({ OR: [{ chairId: id }, { coChairId: id }] }),
    erased: 'stays',
    columns: {
      ...{ createdById: 'named', chairId: 'named', coChairId: 'named', spaceId: LEADS, details: COMMUNITYS, format: COMMUNITYS },
      ...{ rrule: COMMUNITYS, start: COMMUNITYS, time: COMMUNITYS, zone: COMMUNITYS, minutes: COMMUNITYS, place: COMMUNITYS },
      ...{ channelId: COMMUNITYS, capacity: COMMUNITYS, language: COMMUNITYS, isClosed: COMMUNITYS, visibility: COMMUNITYS },
      ...{ sharesLink: COMMUNITYS, namesToChair: COMMUNITYS, allowsSlips: COMMUNITYS, newcomersFirst: COMMUNITYS },
      ...{ isQuiet: COMMUNITYS, reminders: COMMUNITYS, skips: COMMUNITYS, settled: WORKING, state: COMMUNITYS },
      ...{ sequence: WORKING, createdAt: COMMUNITYS, updatedAt: WORKING },
    },
    shape: shaped(
      'rrule start time zone state',
      { title: z.string(), chairs: FLAG, coChairs: FLAG, made: FLAG },
      ({ chairId, coChairId, createdById, rrule, start, time, zone, state }, { id }, open) => ({
        title: open<{ title: string }>('details')?.title,
        ...{ rrule, start, time, zone, state },
        chairs: chairId === id,
        coChairs: coChairId === id,
        made: createdById === id,
      }),
    ),
  }),
  SessionBackup: personal('SessionBackup', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: { sessionId: LEADS, memberId: 'self', position: 'mine' },
    shape: shaped('position', { session: ROW }, ({ sessionId, position }) => ({ session: sessionId, position })),
  }),
  Occurrence: personal('Occurrence', {
    mine: ({ id }) => ({ OR: [{ chairId: id }, { rsvps: { some: { memberId: id } } }] }),
    counted: ({ id }) => ({ chairId: id }),
    erased: 'stays',
    columns: {
      ...{ sessionId: LEADS, local: COMMUNITYS, zone: COMMUNITYS, startsAt: COMMUNITYS, minutes: COMMUNITYS, state: COMMUNITYS },
      ...{ changes: COMMUNITYS, channelId: COMMUNITYS, chairId: 'named', chairState: WORKING, shown: WORKING },
      ...{ endedAt: COMMUNITYS, createdAt: WORKING },
    },
    shape: shaped(
      'startsAt minutes state',
      { session: ROW, chairs: FLAG },
      ({ sessionId, startsAt, minutes, state, chairId }, { id }) => ({
        session: sessionId,
        ...{ startsAt, minutes, state },
        chairs: chairId === id,
      }),
    ),
  }),
  Rsvp: personal('Rsvp', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: {
      ...{ occurrenceId: LEADS, memberId: 'self', state: 'mine', queue: WORKING, offeredAt: 'mine', offeredUntil: 'mine' },
      ...{ since: WORKING, isNamed: 'mine', isMuted: 'mine', updatedAt: 'mine' },
    },
    shape: shaped(
      'state offeredAt offeredUntil isNamed isMuted updatedAt',
      { date: ROW },
      ({ occurrenceId, state, offeredAt, offeredUntil, isNamed, isMuted, updatedAt }) => ({
        date: occurrenceId,
        ...{ state, offeredAt, offeredUntil, isNamed, isMuted, updatedAt },
      }),
    ),
  }),
  SessionMute: personal('SessionMute', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: { sessionId: LEADS, memberId: 'self' },
    shape: shaped('', { session: ROW }, ({ sessionId }) => ({ session: sessionId })),
  }),
  ChairAsk: personal('ChairAsk', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: {
      ...{ occurrenceId: LEADS, memberId: 'self', isCover: 'mine', startsAt: 'mine', askedAt: 'mine', said: 'mine' },
    },
  }),
  SessionNaming: personal('SessionNaming', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    // In a row about somebody else, who named them may be the member.
    columns: { sessionId: LEADS, memberId: 'self', part: 'mine', byId: 'named', at: 'mine', declinedAt: 'mine' },
    shape: shaped('part at declinedAt', { session: ROW }, ({ sessionId, part, at, declinedAt }) => ({
      ...{ session: sessionId, part, at, declinedAt },
    })),
  }),
  SessionEvent: personal('SessionEvent', {
    mine: ({ id }) => ({ byId: id }),
    counted: false,
    erased: 'stays',
    columns: {
      ...{ sessionId: LEADS, spaceId: LEADS, byId: 'named', ref: COMMUNITYS, local: COMMUNITYS, startsAt: COMMUNITYS },
      ...{ endsAt: COMMUNITYS, wrote: WORKING, writing: WORKING, state: WORKING, found: COMMUNITYS, createdAt: 'mine' },
    },
  }),
};
