/**
 * Every column that holds values sealed with the keys of the database, as `Table.column`: what a member wrote, and what would tell
 * of them. Nothing is sealed for a place that is not here (the compiler sees to it), and `homegroup keys rotate` goes through all.
 */
export const SEALED_PLACES = [
  'AuditChain.state',
  'CheckIn.answers',
  'CheckInTemplate.content',
  'Goal.details',
  'GoalStep.details',
  'GroupAnswer.body',
  'GroupCheckIn.question',
  'LiveSession.script',
  'LocalLine.facts',
  'MemberReport.details',
  'MentorCredential.details',
  'MentorProfile.details',
  'Microphone.account',
  'Milestone.details',
  'MissedStep.words',
  'Occurrence.changes',
  'Pairing.farewell',
  'PairingRequest.details',
  'PulseAnswer.answers',
  'RelayMessage.body',
  'Resource.note',
  'ResourceReport.words',
  'ResourceSuggestion.body',
  'Restriction.reason',
  'Retraction.direct',
  'SavedResource.details',
  'SentResource.details',
  'Session.details',
  'SessionEvent.found',
  'SessionScript.body',
  'Share.body',
  'SlipKey.privateKey',
  'SupportRequest.words',
  'Tap.input',
] as const;

export type SealedPlace = (typeof SEALED_PLACES)[number];

/** A place and its row. What was sealed for one opens in no other. */
export type SealedAt = `${SealedPlace}:${string}`;

/** Places that name the community instead of the row, of which it has one. */
const BY_COMMUNITY: ReadonlySet<SealedPlace> = new Set(['SlipKey.privateKey']);

/** What the value of a column is bound to. */
export const sealedAt = (place: SealedPlace, row: { readonly id: string; readonly communityId: string }): SealedAt =>
  `${place}:${BY_COMMUNITY.has(place) ? row.communityId : row.id}`;

/** The table and the column of a place. */
export function columnOf(place: SealedPlace): { readonly table: string; readonly column: string } {
  const [table = '', column = ''] = place.split('.');
  return { table, column };
}
