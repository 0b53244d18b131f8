import { z } from 'zod';
import { FLAG, kept, LEADS, not, personal, sealed, shaped, WORKING } from '../privacy/declare.js';
import { credentialDetailsSchema } from './credentials.js';
import { mentorFactsSchema } from './facts.js';
import { wishesSchema } from './wishes.js';

const INDEX = kept('a blind index of what the profile says, to find it by');

export const pairingTables = {
  MentorProfile: personal('MentorProfile', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: {
      ...{
        memberId: 'self',
        details: sealed(mentorFactsSchema),
        zone: 'mine',
        capacity: 'mine',
        pausedUntil: 'mine',
        lapsedAt: 'mine',
      },
      ...{ confirmedAt: 'mine', askedAt: 'mine', toldAt: 'mine', endedAt: 'mine', createdAt: 'mine', updatedAt: WORKING },
      ...{ traits: INDEX, mark0: INDEX, mark1: INDEX, mark2: INDEX, mark3: INDEX, mark4: INDEX, mark5: INDEX, mark6: INDEX },
      ...{ mark7: INDEX, lot: 'self' },
      heldAt: kept('that a coordinator looks into something would tell of a report'),
    },
  }),
  MentorCredential: personal('MentorCredential', {
    mine: ({ id }) => ({ profile: { memberId: id } }),
    counted: false,
    erased: 'goes',
    columns: {
      ...{
        profileId: LEADS,
        code: 'mine',
        details: sealed(credentialDetailsSchema),
        expiresOn: 'mine',
        verifiedAt: 'mine',
        createdAt: 'mine',
      },
    },
  }),
  MentorVouch: personal('MentorVouch', {
    mine: ({ id }) => ({ OR: [{ byId: id }, { profile: { memberId: id } }] }),
    erased: 'goes',
    columns: { profileId: LEADS, byId: 'either', kind: 'mine', since: 'mine', createdAt: 'mine' },
    shape: shaped('kind since createdAt', { isForMe: FLAG }, ({ byId, kind, since, createdAt }, { id }) => ({
      ...{ kind, since, createdAt, isForMe: byId !== id },
    })),
  }),
  PairingRequest: personal('PairingRequest', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: {
      ...{
        memberId: 'self',
        openFor: 'self',
        state: 'mine',
        urgency: 'mine',
        details: sealed(wishesSchema),
        tellBy: 'mine',
        askedAt: 'mine',
      },
      ...{
        approvedAt: 'mine',
        waitingAt: 'mine',
        endedAt: 'mine',
        proposalId: not('one number for all that were proposed together'),
      },
      // Of others' requests they may name the member: see `end` of this folder.
      ...{ picks: 'other', proposedId: 'named' },
    },
    // That somebody is being asked, or said no, is kept from the asker for their sake.
    shape: shaped(
      'urgency tellBy askedAt approvedAt waitingAt endedAt details',
      { state: z.string() },
      ({ state, urgency, tellBy, askedAt, approvedAt, waitingAt, endedAt }, _who, open) => ({
        state: state === 'offered' || state === 'waiting' || state === 'approval' ? 'open' : state,
        ...{ urgency, tellBy, askedAt, approvedAt, waitingAt, endedAt },
        details: open('details'),
      }),
    ),
  }),
  PairingOffer: personal('PairingOffer', {
    mine: ({ id }) => ({ mentorId: id }),
    erased: 'goes',
    columns: {
      ...{
        requestId: LEADS,
        mentorId: 'self',
        openFor: LEADS,
        state: 'mine',
        askedAt: 'mine',
        deadline: 'mine',
        endedAt: 'mine',
      },
    },
  }),
  Pairing: personal('Pairing', {
    mine: ({ id }) => ({ OR: [{ menteeId: id }, { mentorId: id }] }),
    erased: 'goes',
    columns: {
      ...{
        requestId: LEADS,
        menteeId: 'either',
        mentorId: 'either',
        state: 'mine',
        menteeYesAt: 'either',
        mentorYesAt: 'either',
      },
      ...{ introBy: 'mine', menteePace: 'either', mentorPace: 'either', startedAt: 'mine', nudgeAt: WORKING, relayId: LEADS },
      farewell: kept('what one of the two left the other, until it was delivered'),
      ...{ menteeNudged: 'either', mentorNudged: 'either', takesResources: 'either', endedAt: 'mine', createdAt: 'mine' },
    },
    shape: shaped(
      'state startedAt endedAt createdAt takesResources',
      { as: z.enum(['mentee', 'mentor']), yesAt: z.iso.datetime().nullable(), pace: z.string().nullable(), nudged: FLAG },
      (row, { id }) => {
        const isMentee = row.menteeId === id;
        const own = isMentee
          ? { yesAt: row.menteeYesAt, pace: row.menteePace, nudged: row.menteeNudged, takesResources: row.takesResources }
          : { yesAt: row.mentorYesAt, pace: row.mentorPace, nudged: row.mentorNudged };
        const { state, startedAt, endedAt, createdAt } = row;
        return { as: isMentee ? 'mentee' : 'mentor', state, startedAt, endedAt, createdAt, ...own };
      },
    ),
  }),
  Handover: personal('Handover', {
    mine: ({ id }) => ({ OR: [{ toId: id }, { pairing: { OR: [{ menteeId: id }, { mentorId: id }] } }] }),
    erased: 'goes',
    columns: {
      ...{ pairingId: LEADS, toId: 'either', openFor: LEADS, state: 'mine', askedAt: 'mine', deadline: 'mine', endedAt: 'mine' },
    },
    // What a colleague said is theirs.
    shape: shaped('askedAt endedAt', { asked: FLAG }, ({ askedAt, endedAt, toId }, { id }) => ({
      ...{ askedAt, endedAt, asked: toId === id },
    })),
  }),
  Separation: personal('Separation', {
    // Not those that others made: to tell somebody of them is what would put who made them in danger.
    mine: ({ id }) => ({ byId: id }),
    erased: 'goes',
    columns: { aId: 'either', bId: 'either', kind: 'mine', byId: 'named', until: 'mine', createdAt: 'mine' },
  }),
  Restriction: personal('Restriction', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: {
      ...{ memberId: 'self', kind: 'mine', until: 'mine', createdAt: 'mine' },
      reason: kept('why, in the words of a coordinator, which may tell of others'),
    },
  }),
  MemberReport: personal('MemberReport', {
    // Not those of others about the member.
    mine: ({ id }) => ({ reporterId: id }),
    // What was upheld against somebody stays, without their words and who said it: see `endPairings`.
    erased: 'stays',
    columns: {
      ...{
        reporterId: 'named',
        reportedId: 'other',
        details: sealed(z.string()),
        state: kept('what coordinators found about somebody else'),
      },
      ...{ createdAt: 'mine', closedAt: kept('what coordinators found about somebody else') },
    },
  }),
};
