import { readFileSync } from 'node:fs';
import { SEALED_PLACES, sealedAt } from '../../src/db/sealed.js';
import { fromRoot } from '../../src/root.js';

interface Column {
  /** `Table.column`. */
  readonly place: string;
  readonly type: string;
}

const schema = readFileSync(fromRoot('prisma', 'schema.prisma'), 'utf8');

/** Columns of bytes, text and JSON that are no ids of ours. */
const columns: readonly Column[] = [...schema.matchAll(/^model (\w+) \{([\s\S]*?)^\}/gmu)].flatMap(([, table, body]) =>
  [...(body ?? '').matchAll(/^ {2}(\w+)\s+(Bytes|String|Json)(?:\?|\[\])?(?=\s|$)(.*)$/gmu)]
    .filter(([, , , rest]) => !/@db\.(?:Uuid|Date)/u.test(rest ?? ''))
    .map(([, column, type]) => ({ place: `${table}.${column}`, type: type ?? '' })),
);

/** Bytes that are not sealed with the keys of the database. */
const OTHER_BYTES: Readonly<Record<string, string>> = {
  'AuditEvent.actorTag': "pseudonym that the chain's key makes",
  'AuditEvent.aboutTag': "pseudonym that the chain's key makes",
  'AuditEvent.before': 'digest of the row before',
  'AuditEvent.mac': 'keyed digest of the row',
  'EncryptionKey.check': 'proves a key, and is sealed with that one for good',
  'ExportLink.secret': 'SHA-256 of 32 characters made of 24 random bytes',
  'Feed.secret': 'SHA-256 of 32 random bytes',
  'LinkCode.digest': 'keyed digest of a code that holds for a quarter of an hour',
  'ResourceCounted.digest': 'keyed digest, until the end of the month',
  'ResourceWord.anywhere': 'numbers of services, which are public',
  'ResourceWord.names': 'numbers of services, which are public',
  'ResourceWord.places': 'numbers of services, which are public',
  'Microphone.who': 'keyed digest, made anew with its row',
  'SessionEvent.writing': 'SHA-256 of what the platform shows',
  'SessionEvent.wrote': 'SHA-256 of what the platform shows',
  'Slip.token': 'sealed with its code, which is kept nowhere',
};

/** What is kept as it is, because queries need it or because everybody may know it; nobody can write what they like into it. */
const OPEN_TEXT: readonly (readonly [why: string, places: readonly string[]])[] = [
  [
    'zone, language, country, date, time or rule, read and normalised by us',
    [
      ...[
        'Community.zone',
        'Community.language',
        'Community.country',
        'LocalLine.country',
        'Member.zone',
        'Member.toldZone',
        'Member.language',
      ],
      ...['Member.quietFrom', 'Member.quietTo', 'CheckIn.zone', 'CheckInSchedule.rrule', 'CheckInSchedule.start'],
      ...['CheckInSchedule.times', 'CheckInSchedule.skips', 'CheckInSchedule.settled', 'CheckInPrompt.local'],
      ...['CheckInPrompt.zone', 'GroupCheckIn.rrule', 'GroupCheckIn.start', 'GroupCheckIn.times', 'GroupCheckIn.zone'],
      ...['GroupCheckIn.settled', 'GroupRound.local', 'Session.rrule', 'Session.start', 'Session.time', 'Session.zone'],
      ...['Session.language', 'Session.skips', 'Session.settled', 'Occurrence.local', 'Occurrence.zone', 'SessionEvent.local'],
      ...['MentorProfile.zone', 'OncallShift.days', 'OncallShift.from', 'OncallShift.to', 'OncallShift.zone'],
      ...['OncallVolunteer.languages', 'SupportRequest.language', 'Forgotten.night', 'Resource.checkedOn'],
      ...['ResourceCount.month', 'ResourceCounted.month'],
    ],
  ],
  [
    'a word of ours, from a list in the code',
    [
      ...[
        'Consent.fact',
        'ActCount.act',
        'Setting.key',
        'AuditEvent.action',
        'Tap.path',
        'DueWork.kind',
        'Delivery.kind',
        'Delivery.reason',
      ],
      ...['CheckIn.template', 'CheckInSchedule.template', 'Session.format', 'Session.place', 'Session.visibility'],
      ...['Relay.purpose', 'MentorCredential.code', 'Pairing.menteePace', 'Pairing.mentorPace', 'Forgotten.kind'],
      ...['MeetingSource.problem', 'Pace.lane', 'ResourceCount.what', 'ResourceCount.topic'],
    ],
  ],
  [
    'an id of the platform, or of ours',
    [
      ...['Space.externalId', 'RoleGrant.externalId', 'Identity.externalId', 'Member.fallback', 'Member.fallbackThread'],
      ...['Consent.recipient', 'GroupCheckIn.channelId', 'Session.channelId', 'Occurrence.channelId', 'LiveSession.channelId'],
      ...[
        'SessionEvent.ref',
        'Retraction.space',
        'Retraction.channel',
        'Retraction.ref',
        'Delivery.ref',
        'Delivery.once',
        'Tap.id',
        'EncryptionKey.id',
      ],
    ],
  ],
  ['a digest', ['Occurrence.shown', 'Slip.lookup', 'Meeting.hash', 'Resource.hash']],
  ['named by the community for all of its members', ['LocalLine.shipped', 'Member.ageBand', 'Setting.value']],
  [
    'public: of meetings and services elsewhere, as their sources publish it',
    [
      ...['MeetingSource.name', 'MeetingSource.url', 'MeetingSource.zone', 'MeetingSource.language', 'MeetingSource.zones'],
      ...['MeetingSource.kinds', 'MeetingSource.etag', 'MeetingSource.modified', 'Meeting.key', 'Meeting.zone', 'Meeting.types'],
      ...['Meeting.languages', 'Meeting.words', 'Meeting.details', 'ResourceSource.name', 'ResourceSource.url'],
      ...['ResourceSource.attribution', 'ResourceSource.licence', 'ResourceSource.zone', 'Resource.key', 'Resource.name'],
      ...['Resource.zone', 'Resource.verified', 'Resource.names', 'Resource.places', 'Resource.terms', 'Resource.details'],
      ...['ResourceWord.word', 'ResourceWord.near', 'Resource.fixes', 'Resource.published'],
      ...['ResourceTown.label', 'ResourceTown.folded'],
    ],
  ],
];

test('every column of bytes is sealed, or it is said why not', () => {
  const bytes = columns.filter(({ type }) => type === 'Bytes').map(({ place }) => place);
  expect(bytes.toSorted()).toEqual([...SEALED_PLACES, ...Object.keys(OTHER_BYTES)].toSorted());
});

test('no text is kept in the clear of which it is not said why', () => {
  const text = columns.filter(({ type }) => type !== 'Bytes').map(({ place }) => place);
  expect(text.toSorted()).toEqual(OPEN_TEXT.flatMap(([, places]) => places).toSorted());
});

test('a place names its row, and that of which there is one its community', () => {
  const row = { id: 'the-row', communityId: 'the-community' };
  expect(sealedAt('CheckIn.answers', row)).toBe('CheckIn.answers:the-row');
  expect(sealedAt('SlipKey.privateKey', row)).toBe('SlipKey.privateKey:the-community');
});
