import type { TenantDb } from '../../db/tenant.js';
import { readsOf, type WasRead } from '../audit/reads.js';
import type { Scope } from '../scope.js';
import type { Who } from './declare.js';
import { accessorOf, PERSONAL_TABLES, type PersonalTable, tableOf } from './tables.js';
import { whoIs } from './who.js';

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
  /** May be asked whether they reached what they saved. */
  readonly asksAboutSaved: boolean;
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
  /** When somebody read something of theirs by a role, the newest first. */
  readonly reads: readonly WasRead[];
  /** Rows of every other table that are about the member. */
  readonly counts: Readonly<Record<CountedTable, number>>;
}

/** Tables whose rows are counted; the others are told of in another way. */
export type CountedTable = Exclude<PersonalTable, (typeof UNCOUNTED)[number]>;
const UNCOUNTED = [
  ...(['Member', 'Identity', 'CheckIn', 'Consent'] as const),
  ...(['GoalStep', 'MentorCredential', 'GroupCheckIn', 'SessionEvent', 'DueWork'] as const),
];
export const COUNTED_TABLES = PERSONAL_TABLES.filter((name): name is CountedTable => tableOf(name).counted !== false);

/** As many as a person reads on one screen; all of them are in the export. */
const MOST_READS = 10;

type Counting = { count(args: { where: object }): Promise<number> };

function countOf(db: TenantDb, name: CountedTable, who: Who): Promise<number> {
  const { counted, mine } = tableOf(name);
  const rows = db[accessorOf(name)] as unknown as Counting;
  return rows.count({ where: (counted || mine)(who) });
}

/** Everything that is kept about the member of the scope. */
export async function keptAbout(scope: Scope): Promise<KeptAboutMember> {
  const { db, member } = scope;
  const memberId = member.id;
  const who = await whoIs(scope, memberId);
  const self = await db.member.findUniqueOrThrow({ where: { id: memberId }, include: { identities: true } });
  const [checkIns, consents, revoked, reads, counts] = await Promise.all([
    db.checkIn.aggregate({ where: { memberId }, _count: true, _min: { at: true }, _max: { at: true } }),
    db.consent.findMany({ where: { memberId, revokedAt: null }, orderBy: { grantedAt: 'asc' } }),
    db.consent.count({ where: { memberId, revokedAt: { not: null }, fact: { not: 'export' } } }),
    readsOf(scope, MOST_READS),
    Promise.all(COUNTED_TABLES.map(async (table) => [table, await countOf(db, table, who)] as const)),
  ]);
  return {
    accounts: self.identities.map(({ platform, createdAt }) => ({ platform, since: createdAt })),
    ...(self.zone && { zone: self.zone }),
    ...(self.toldZone && { toldZone: self.toldZone }),
    ...(self.language && { language: self.language }),
    ...(self.greetedAt && { greetedAt: self.greetedAt }),
    reflection: self.reflection,
    asksAboutSaved: self.asksAboutSaved,
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
    reads,
    counts: Object.fromEntries(counts) as KeptAboutMember['counts'],
  };
}
