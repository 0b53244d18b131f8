import type { Pairing } from '../../db/generated/client.js';
import { consent, endRow, factConsent } from '../privacy/consent.js';
import { endPairing } from './end.js';
import { stepBack } from './handover/answer.js';
import { keepThem } from './handover/ask.js';
import { answerIntroduction, otherOf, sideOf } from './introduce.js';
import { goingOn } from './keep-rhythm.js';
import { pauseMentor } from './mentor/pause.js';
import { NO_END } from './mentor/work.js';
import { unshare } from './share.js';
import { factOf, GIVEN } from './shares.js';
import { withdrawRequest } from './withdraw.js';

const toOther = (row: Pairing, memberId: string) => (sideOf(row, memberId) === 'mentee' ? 'mentor' : 'mentee');

export const pairingConsents = {
  shares: factConsent(GIVEN.map(factOf), 'mentor', async (scope, held) => {
    const what = GIVEN.find((one) => factOf(one) === held.what);
    const mine = (await goingOn(scope)).find(({ pairing }) => pairing.mentorId === held.memberId);
    await (what && mine ? unshare(scope, mine.pairing.id, what) : endRow(scope, held));
  }),
  /** A yes to be introduced, until both said it. */
  introduced: consent('Pairing', {
    whats: ['pairing.introduced'],
    asksTwice: true,
    async list({ db, member }) {
      const rows = await db.pairing.findMany({
        where: { state: 'introducing', OR: [{ menteeId: member.id }, { mentorId: member.id }] },
      });
      return rows.flatMap((row) => {
        const since = sideOf(row, member.id) === 'mentee' ? row.menteeYesAt : row.mentorYesAt;
        return since ? [{ id: row.id, what: 'pairing.introduced', to: toOther(row, member.id), since }] : [];
      });
    },
    revoke: (scope, { id }) => answerIntroduction(scope, id, 'no'),
  }),
  paired: consent('Pairing', {
    whats: ['pairing.paired'],
    asksTwice: true,
    list: async (scope) =>
      (await goingOn(scope)).map(({ pairing }) => ({
        ...{ id: pairing.id, what: 'pairing.paired', to: toOther(pairing, scope.member.id) },
        memberId: otherOf(pairing, scope.member.id),
        since: pairing.startedAt ?? pairing.createdAt,
      })),
    async past({ db, member }) {
      const rows = await db.pairing.findMany({
        where: { state: 'ended', startedAt: { not: null }, OR: [{ menteeId: member.id }, { mentorId: member.id }] },
      });
      return rows.flatMap((row) => {
        const { startedAt: since, endedAt: until } = row;
        return since && until ? [{ what: 'pairing.paired', to: toOther(row, member.id), since, until }] : [];
      });
    },
    revoke: (scope, { id }) => endPairing(scope, id),
  }),
  /** What matters to who asks is read by whoever is asked. */
  request: consent('PairingRequest', {
    whats: ['pairing.request'],
    asksTwice: true,
    async list({ db, member }) {
      const rows = await db.pairingRequest.findMany({ where: { openFor: member.id } });
      return rows.map(({ id, askedAt }) => ({ id, what: 'pairing.request', to: 'candidates' as const, since: askedAt }));
    },
    async past({ db, member }) {
      const rows = await db.pairingRequest.findMany({ where: { memberId: member.id, endedAt: { not: null } } });
      return rows.map(({ askedAt, endedAt }) => ({
        ...{ what: 'pairing.request', to: 'candidates' as const },
        ...{ since: askedAt, until: endedAt as Date },
      }));
    },
    revoke: (scope) => withdrawRequest(scope),
  }),
  /** A profile is shown to who asks, until its owner pauses without an end. */
  profile: consent('MentorProfile', {
    whats: ['pairing.profile'],
    async list({ db, member }) {
      const row = await db.mentorProfile.findFirst({ where: { memberId: member.id, endedAt: null } });
      if (!row || row.pausedUntil?.getTime() === NO_END.getTime()) return [];
      return [{ id: row.id, what: 'pairing.profile', to: 'candidates', since: row.createdAt }];
    },
    revoke: (scope) => pauseMentor(scope, { tell: false }),
  }),
  /** A mentor asks a colleague to go on with somebody; or the colleague would. */
  handover: consent('Handover', {
    whats: ['pairing.handover', 'pairing.takesOver'],
    async list({ db, member }) {
      const mine = { OR: [{ pairing: { mentorId: member.id } }, { toId: member.id, state: 'mentee' as const }] };
      const rows = await db.handover.findMany({ where: { openFor: { not: null }, ...mine } });
      return rows.map(({ id, toId, askedAt }) => {
        const [what, to] =
          toId === member.id ? (['pairing.takesOver', 'mentee'] as const) : (['pairing.handover', 'colleague'] as const);
        return { id, what, to, since: askedAt };
      });
    },
    revoke: (scope, { id, what }) => (what === 'pairing.takesOver' ? stepBack(scope, id) : keepThem(scope, id)),
  }),
};
