import type { Read } from '../../src/core/audit/reads.js';

/** What a facilitator or coordinator reads of one particular member with it, which that member is told. */
export const TOLD: Readonly<Record<string, readonly Read[]>> = {
  ...{ 'pairing.queue': ['request.read'], 'pairing.more': ['request.read'], 'pairing.propose': ['request.read'] },
  ...{ 'pairing.fits': ['request.read'], 'pairing.all': ['request.read'], 'pairing.proposal': ['request.read'] },
  // The list is shown again.
  'pairing.yes': ['request.read'],
  ...{ 'pairing.verify': ['profile.read'], 'pairing.vouch': ['profile.read'] },
  ...{ 'pairing.confirm': ['profile.read'], 'pairing.known': ['profile.read'] },
  'pairing.restrict': ['pairing.restrictRead'],
  'pairing.reports': ['report.read'],
  'support.roster': ['roster.read'],
};

/** Of everything else that a role opens, why nobody is told that it was read. By the beginning of its name. */
export const NOT_TOLD: readonly (readonly [beginning: RegExp, why: string])[] = [
  [/^pairing\.apart/u, 'that somebody wants to be kept from another could put them in danger'],
  [/^pairing\.overview/u, 'counts of five people and more'],
  [
    /^pairing\.(?:pick|agree|report-close|restrict-lift)$/u,
    'something is done, and noted; what is shown after it was shown before',
  ],
  [/^pairing\.band$/u, 'the same, of a profile that was read on the same day'],
  [/^support\.(?:oncall|off)/u, 'one’s own turns, and a name that was read in the roster'],
  [/^session\./u, 'sessions are everybody’s; a name of who comes is shown to the chair by whoever allowed it'],
  [/^live\./u, 'what is said in a session is said to all who are there'],
  [/^group\./u, 'whoever gave an answer to facilitators chose them as its readers'],
  [/^checkin\./u, 'questions for everybody, and no answers'],
  [/^resource\./u, 'without who reported or suggested it'],
  [/^community\.audit/u, 'what was done by a role is there to be looked at'],
  [/^community\./u, 'settings, public facts, and counts of five people and more'],
];
