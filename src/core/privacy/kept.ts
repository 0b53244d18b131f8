import { whoIs } from '../live/mics/who.js';
import type { Scope } from '../scope.js';

/** How much of what is kept about one member, counted from the tables themselves. */
export interface KeptAboutMember {
  /** Accounts by which the member is known. */
  readonly accounts: readonly { readonly platform: string; readonly since: Date }[];
  /** IANA, as the member chose it. */
  readonly zone?: string;
  /** IANA, as the platform told it last. */
  readonly toldZone?: string;
  /** Of the catalogue that serves best what the platform told last. */
  readonly language?: string;
  /** When they were told that the bot is software. */
  readonly greetedAt?: Date;
  /** Asked for a look back on Sundays. */
  readonly reflection: boolean;
  /** The ids that are kept of a private thread: of its channel, and its own once it was opened. */
  readonly fallback: 'none' | 'channel' | 'thread';
  /** When a message could not reach them, of which they were not told yet. */
  readonly unreachedAt?: Date;
  /** When they were last seen to coordinate. */
  readonly coordinatesAt?: Date;
  /** Local, HH:MM. */
  readonly quiet?: { readonly from: string; readonly to: string };
  /** Of the community's age bands, as a facilitator marked it. */
  readonly ageBand?: string;
  readonly since: Date;
  readonly checkIns: { readonly count: number; readonly first?: Date; readonly last?: Date };
  readonly consents: readonly { readonly fact: string; readonly recipient: string; readonly since: Date }[];
  /** Consents that were taken back or ended, of which the row is kept. */
  readonly revoked: number;
  /** Rows of every other table that are about the member. */
  readonly counts: Readonly<Record<CountedTable, number>>;
}

type Count = (scope: Scope) => Promise<number>;

const COUNTS = {
  CheckInSchedule: ({ db, member }) => db.checkInSchedule.count({ where: { memberId: member.id } }),
  CheckInPrompt: ({ db, member }) => db.checkInPrompt.count({ where: { memberId: member.id } }),
  CheckInTemplate: ({ db, member }) => db.checkInTemplate.count({ where: { memberId: member.id } }),
  MissedPlan: ({ db, member }) => db.missedPlan.count({ where: { memberId: member.id } }),
  MissedStep: ({ db, member }) => db.missedStep.count({ where: { recipientId: member.id } }),
  Milestone: ({ db, member }) => db.milestone.count({ where: { memberId: member.id } }),
  Goal: ({ db, member }) => db.goal.count({ where: { memberId: member.id } }),
  GroupAnswer: ({ db, member }) => db.groupAnswer.count({ where: { memberId: member.id } }),
  Session: ({ db, member }) => db.session.count({ where: { OR: [{ chairId: member.id }, { coChairId: member.id }] } }),
  SessionBackup: ({ db, member }) => db.sessionBackup.count({ where: { memberId: member.id } }),
  Occurrence: ({ db, member }) => db.occurrence.count({ where: { chairId: member.id } }),
  SessionNaming: ({ db, member }) => db.sessionNaming.count({ where: { memberId: member.id } }),
  Rsvp: ({ db, member }) => db.rsvp.count({ where: { memberId: member.id } }),
  SessionMute: ({ db, member }) => db.sessionMute.count({ where: { memberId: member.id } }),
  ChairAsk: ({ db, member }) => db.chairAsk.count({ where: { memberId: member.id } }),
  LiveSession: ({ db, member }) => db.liveSession.count({ where: { OR: [{ chairId: member.id }, { coChairId: member.id }] } }),
  Hand: ({ db, member }) => db.hand.count({ where: { memberId: member.id } }),
  Share: ({ db, member }) => db.share.count({ where: { memberId: member.id } }),
  PulseAnswer: ({ db, member }) => db.pulseAnswer.count({ where: { memberId: member.id } }),
  Feed: ({ db, member }) => db.feed.count({ where: { memberId: member.id } }),
  Attendance: ({ db, member }) => db.attendance.count({ where: { memberId: member.id } }),
  OncallVolunteer: ({ db, member }) => db.oncallVolunteer.count({ where: { memberId: member.id } }),
  OncallShift: ({ db, member }) => db.oncallShift.count({ where: { memberId: member.id } }),
  SupportRequest: ({ db, member }) => db.supportRequest.count({ where: { memberId: member.id } }),
  SupportAsk: ({ db, member }) => db.supportAsk.count({ where: { memberId: member.id } }),
  Relay: ({ db, member }) => db.relay.count({ where: { OR: [{ aId: member.id }, { bId: member.id }] } }),
  RelayMessage: ({ db, member }) => db.relayMessage.count({ where: { fromId: member.id } }),
  MemberBlock: ({ db, member }) => db.memberBlock.count({ where: { memberId: member.id } }),
  MentorProfile: ({ db, member }) => db.mentorProfile.count({ where: { memberId: member.id } }),
  MentorVouch: ({ db, member }) =>
    db.mentorVouch.count({ where: { OR: [{ byId: member.id }, { profile: { memberId: member.id } }] } }),
  PairingRequest: ({ db, member }) => db.pairingRequest.count({ where: { memberId: member.id } }),
  PairingOffer: ({ db, member }) => db.pairingOffer.count({ where: { mentorId: member.id } }),
  Pairing: ({ db, member }) => db.pairing.count({ where: { OR: [{ menteeId: member.id }, { mentorId: member.id }] } }),
  Handover: ({ db, member }) =>
    db.handover.count({
      where: { OR: [{ toId: member.id }, { pairing: { OR: [{ menteeId: member.id }, { mentorId: member.id }] } }] },
    }),
  // Not those that others made: to tell somebody of them is what would put who made them in danger.
  Separation: ({ db, member }) => db.separation.count({ where: { byId: member.id } }),
  MemberReport: ({ db, member }) => db.memberReport.count({ where: { reporterId: member.id } }),
  ResourceReport: ({ db, member }) => db.resourceReport.count({ where: { memberId: member.id } }),
  ResourceSuggestion: ({ db, member }) => db.resourceSuggestion.count({ where: { memberId: member.id } }),
  Delivery: ({ db, member }) => db.delivery.count({ where: { memberId: member.id } }),
  Tap: ({ db, member }) => db.tap.count({ where: { memberId: member.id } }),
  AuditEvent: ({ db, member }) => db.auditEvent.count({ where: { actorId: member.id } }),
  async Microphone({ db, cipher, member }) {
    const [accounts, spaces] = await Promise.all([db.identity.findMany({ where: { memberId: member.id } }), db.space.findMany()]);
    const who = accounts.flatMap(({ platform, externalId }) =>
      spaces.filter((space) => space.platform === platform).map((space) => whoIs(cipher, space, externalId)),
    );
    return db.microphone.count({ where: { who: { in: who } } });
  },
  async RoleGrant({ db, member }) {
    const accounts = await db.identity.findMany({ where: { memberId: member.id }, select: { externalId: true } });
    return db.roleGrant.count({ where: { kind: 'member', externalId: { in: accounts.map(({ externalId }) => externalId) } } });
  },
} satisfies Record<string, Count>;

export type CountedTable = keyof typeof COUNTS;
export const COUNTED_TABLES = Object.keys(COUNTS) as readonly CountedTable[];

/**
 * The tables in which a row can be about one member, all told of by {@link keptAbout}. A test compares this list with the
 * schema, so that no new table can be forgotten.
 */
export const TABLES_ABOUT_MEMBERS: readonly string[] = ['Member', 'Identity', 'CheckIn', 'Consent', ...COUNTED_TABLES];

/** Everything that is kept about the member of the scope. */
export async function keptAbout(scope: Scope): Promise<KeptAboutMember> {
  const { db, member } = scope;
  const memberId = member.id;
  const self = await db.member.findUniqueOrThrow({ where: { id: memberId }, include: { identities: true } });
  const [checkIns, consents, revoked, counts] = await Promise.all([
    db.checkIn.aggregate({ where: { memberId }, _count: true, _min: { at: true }, _max: { at: true } }),
    db.consent.findMany({ where: { memberId, revokedAt: null }, orderBy: { grantedAt: 'asc' } }),
    db.consent.count({ where: { memberId, revokedAt: { not: null } } }),
    Promise.all(COUNTED_TABLES.map(async (table) => [table, await COUNTS[table](scope)] as const)),
  ]);
  return {
    accounts: self.identities.map(({ platform, createdAt }) => ({ platform, since: createdAt })),
    ...(self.zone && { zone: self.zone }),
    ...(self.toldZone && { toldZone: self.toldZone }),
    ...(self.language && { language: self.language }),
    ...(self.greetedAt && { greetedAt: self.greetedAt }),
    reflection: self.reflection,
    fallback: self.fallback === null ? 'none' : self.fallbackThread === null ? 'channel' : 'thread',
    ...(self.coordinatesAt && { coordinatesAt: self.coordinatesAt }),
    ...(self.unreachedAt && { unreachedAt: self.unreachedAt }),
    ...(self.quietFrom && self.quietTo && { quiet: { from: self.quietFrom, to: self.quietTo } }),
    ...(self.ageBand && { ageBand: self.ageBand }),
    since: self.createdAt,
    checkIns: {
      count: checkIns._count,
      ...(checkIns._min.at && { first: checkIns._min.at }),
      ...(checkIns._max.at && { last: checkIns._max.at }),
    },
    consents: consents.map(({ fact, recipient, grantedAt }) => ({ fact, recipient, since: grantedAt })),
    revoked,
    counts: Object.fromEntries(counts) as KeptAboutMember['counts'],
  };
}
