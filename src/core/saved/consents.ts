import { goingOn } from '../pairing/keep-rhythm.js';
import { consent } from '../privacy/consent.js';
import { takeSent } from './send.js';

export const savedConsents = {
  /** A mentor may send services; what was sent is forgotten with the pairing. */
  takes: consent('Pairing', {
    whats: ['saved.takes'],
    list: async (scope) =>
      (await goingOn(scope)).flatMap(({ pairing, side }) =>
        side === 'mentee' && pairing.takesResources
          ? [
              {
                ...{ id: pairing.id, what: 'saved.takes', to: 'mentor' as const, memberId: pairing.mentorId },
                since: pairing.startedAt ?? pairing.createdAt,
              },
            ]
          : [],
      ),
    revoke: (scope, { id }) => takeSent(scope, id, false),
  }),
};
