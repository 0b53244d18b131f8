import type { Cipher } from '../../db/cipher.js';
import type { Prisma } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import { dropAudit } from '../audit/drop.js';
import { SHARE } from '../milestones/share.js';

/** Days: until a community chose, and between which it may. */
interface Days {
  readonly usual: number;
  readonly least: number;
  readonly most: number;
}

/** Something that is kept for a time. */
export interface RetentionKind {
  /** What loses rows, with what belongs to them. */
  readonly tables: readonly Prisma.ModelName[];
  readonly days: Days;
  /**
   * Deletes some of what was over before that instant, at most `take` rows of each table. @returns how many; 0: none is left
   */
  forget(db: TenantDb, cipher: Cipher, before: Date, take: number): Promise<number>;
}

const YEAR = 365;
const days = (least: number, usual: number, most: number): Days => ({ least, usual, most });

interface Table {
  findMany(args: object): Promise<{ id: string }[]>;
  deleteMany(args: object): Promise<{ count: number }>;
}

/** Deletes rows of a table, a batch at a time. */
async function deleteOld(table: unknown, where: object, take: number): Promise<number> {
  const rows = await (table as Table).findMany({ where, select: { id: true }, take });
  if (rows.length === 0) return 0;
  // What changed meanwhile is asked after once more.
  const { count } = await (table as Table).deleteMany({ where: { AND: [where, { id: { in: rows.map(({ id }) => id) } }] } });
  return count;
}

type Old<K> = { readonly [T in keyof K]: (before: Date) => object };

/** A kind whose rows are told by what they hold. */
function kind(span: Days, old: Old<Partial<Record<Prisma.ModelName, unknown>>>): RetentionKind {
  const tables = Object.keys(old) as Prisma.ModelName[];
  return {
    tables,
    days: span,
    async forget(db, _cipher, before, take) {
      let count = 0;
      for (const table of tables) {
        const accessor = (table.charAt(0).toLowerCase() + table.slice(1)) as 'checkIn';
        count += await deleteOld(db[accessor], old[table]?.(before) ?? {}, take);
      }
      return count;
    },
  };
}

/** Questions that were retired, once no check-in and no schedule needs them to be understood. */
const questions: RetentionKind = {
  tables: ['CheckInTemplate'],
  days: days(30, YEAR, 3 * YEAR),
  async forget(db, _cipher, before, take) {
    const retired = await db.checkInTemplate.findMany({ where: { retiredAt: { lt: before } }, select: { id: true } });
    const ids = retired.map(({ id }) => id);
    const used = [
      ...(await db.checkIn.findMany({ where: { template: { in: ids } }, distinct: ['template'], select: { template: true } })),
      ...(await db.checkInSchedule.findMany({ where: { template: { in: ids } }, select: { template: true } })),
    ].map(({ template }) => template);
    const free = ids.filter((id) => !used.includes(id)).slice(0, take);
    return free.length === 0 ? 0 : (await db.checkInTemplate.deleteMany({ where: { id: { in: free } } })).count;
  },
};

/** What was done by a role, from the beginning of the trail on: the rest of it can be verified still. */
const audit: RetentionKind = {
  tables: ['AuditEvent'],
  days: days(YEAR, 3 * YEAR, 10 * YEAR),
  forget: (db, cipher, before) => dropAudit(db, cipher, before),
};

/** Where somebody looks up what is over: the date of a session and everything of it. */
const over = (before: Date) => ({ startsAt: { lt: before }, state: { not: 'live' } });

/**
 * Everything that is kept for a time that a community may choose. What is gone sooner, to the day or at once, is deleted where it is
 * kept ({@link EXACT}); what is in neither list is kept until somebody removes it, or leaves.
 */
export const RETENTION = {
  checkins: kind(days(90, 3 * YEAR, 10 * YEAR), { CheckIn: (before) => ({ at: { lt: before } }) }),
  // A plan for going quiet looks back on what was not answered.
  prompts: kind(days(120, YEAR, 3 * YEAR), {
    CheckInPrompt: (before) => ({ dueAt: { lt: before }, state: { not: 'waiting' } }),
  }),
  questions,
  answers: kind(days(7, YEAR, 3 * YEAR), { GroupRound: (before) => ({ closedAt: { lt: before } }) }),
  // A slip of what somebody came to can be had for a month.
  presence: kind(days(31, 90, 2 * YEAR), {
    Rsvp: (before) => ({ occurrence: over(before) }),
    ChairAsk: (before) => ({ occurrence: over(before) }),
    SessionNaming: (before) => ({ declinedAt: { lt: before } }),
  }),
  dates: kind(days(90, 2 * YEAR, 10 * YEAR), { Occurrence: over }),
  requests: kind(days(30, YEAR, 3 * YEAR), { PairingRequest: (before) => ({ endedAt: { lt: before }, openFor: null }) }),
  // Two who ended are kept apart for up to a year by a row of its own.
  pairings: kind(days(30, 2 * YEAR, 10 * YEAR), {
    Pairing: (before) => ({ endedAt: { lt: before }, state: 'ended' }),
    Handover: (before) => ({ endedAt: { lt: before }, openFor: null }),
  }),
  apart: kind(days(0, 30, YEAR), { Separation: (before) => ({ until: { lt: before } }) }),
  // What was upheld keeps somebody from being offered, and stays with them.
  reports: kind(days(180, 2 * YEAR, 10 * YEAR), {
    MemberReport: (before) => ({ closedAt: { lt: before }, state: 'cleared' }),
  }),
  consents: kind(days(180, 3 * YEAR, 10 * YEAR), { Consent: (before) => ({ revokedAt: { lt: before } }) }),
  // With what was shared in a channel it can be taken back.
  messages: kind(days(60, 180, 2 * YEAR), {
    Delivery: (before) => ({ endedAt: { lt: before }, memberId: { not: null }, kind: { not: SHARE }, state: { not: 'queued' } }),
  }),
  // Buttons that everybody may press hold nothing of anybody, and go on working.
  buttons: kind(days(90, YEAR, 3 * YEAR), { Tap: (before) => ({ createdAt: { lt: before }, memberId: { not: null } }) }),
  services: kind(days(30, 180, 3 * YEAR), {
    Resource: (before) => ({ retiredAt: { lt: before }, pinnedAt: null, retiredBy: 'source' }),
    ResourceReport: (before) => ({ closedAt: { lt: before } }),
    ResourceSuggestion: (before) => ({ closedAt: { lt: before } }),
  }),
  audit,
} satisfies Record<string, RetentionKind>;

export type RetentionName = keyof typeof RETENTION;
export const RETENTION_NAMES = Object.keys(RETENTION) as [RetentionName, ...RetentionName[]];

/** What goes by itself, sooner than any night: how long, and where that is done. */
export const EXACT = {
  ActCount: 'two days after it began (src/core/limits)',
  Attendance: '30 days after the taps (src/core/slips)',
  ExportLink: 'when it was used, or in the night after its hour (src/core/export)',
  Hand: 'when its turn is over (src/core/live)',
  LinkCode: 'when it was used or replaced (src/core/communities/link)',
  Microphone: 'when it is as it was before (src/core/live/mics)',
  MissedAsk: 'with a yes, or in the night 30 days after it or the no (src/core/checkins/missed)',
  PulseAnswer: 'a day after the session, when it is counted (src/core/live)',
  Relay: 'a day after it was closed (src/core/relay)',
  RelayMessage: 'its words when they have arrived; the row after ten minutes (src/core/relay)',
  Restriction: 'in the night after its end (src/core/pairing)',
  Retraction: 'when the message is taken back, at the latest after two days (src/core/privacy)',
  ResourceCounted: 'at the end of the month (src/core/resources/counts)',
  Share: 'a day after the session (src/core/live)',
  SupportAsk: 'a day after the request ended (src/core/support)',
  SupportRequest: 'a day after its end (src/core/support)',
  Uptime: '400 days after it ended (src/core/uptime.ts)',
  Forgotten: '90 nights (src/core/retention)',
} as const satisfies Partial<Record<Prisma.ModelName, string>>;

/** What is kept until somebody removes it, and with what it goes. */
export const STAYS = {
  AuditChain: 'with the community',
  CheckInSchedule: 'until its member ends it',
  Community: 'until the bot is removed',
  DueWork: 'until it is done',
  EncryptionKey: 'for good: it holds no key',
  Feed: 'until its member takes it back',
  Goal: 'until its member removes it',
  GoalStep: 'with its goal',
  GroupAnswer: 'with its round (answers)',
  GroupCheckIn: 'until a facilitator ends it',
  Identity: 'with the member',
  LiveSession: 'with its date (dates)',
  LocalLine: 'until a coordinator takes it back',
  Meeting: 'until its source or the operator removes it',
  MeetingSource: 'until the operator removes it',
  Member: 'until they leave or erase themselves',
  MemberBlock: 'until its member takes it back',
  MentorCredential: 'with the profile',
  MentorProfile: 'until its member stops and helps nobody',
  MentorVouch: 'with the profile, or until it is taken back',
  Milestone: 'until its member removes it',
  MissedPlan: 'until its member ends it',
  MissedStep: 'with its plan',
  OncallShift: 'until its member takes it back',
  OncallVolunteer: 'until its member stops',
  Pace: 'minutes',
  PairingOffer: 'with its request (requests)',
  PublicList: 'until a facilitator ends it',
  ResourceCount: 'with the community: numbers only',
  ResourceSource: 'until the operator removes it',
  ResourceTown: 'with the services',
  ResourceWord: 'with the services',
  RoleGrant: 'until a coordinator takes it back',
  SavedResource: 'until its member removes it',
  SentResource: 'with its pairing (pairings)',
  Session: 'until a facilitator removes it',
  SessionBackup: 'with its session',
  SessionEvent: 'with its session',
  SessionMute: 'with its session, or until its member takes it back',
  SessionScript: 'until a facilitator removes it',
  Setting: 'with the community',
  Slip: 'with the community: it names nobody, and only its code opens it',
  SlipKey: 'with the community',
  Space: 'until the bot is removed',
} as const satisfies Partial<Record<Prisma.ModelName, string>>;
