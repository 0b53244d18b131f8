import { Prisma } from '../../db/generated/client.js';
import { auditTables } from '../audit/personal.js';
import { checkInTables } from '../checkins/personal.js';
import { communityTables } from '../communities/personal.js';
import { exportTables } from '../export/personal.js';
import { feedTables } from '../feeds/personal.js';
import { goalTables } from '../goals/personal.js';
import { groupTables } from '../groups/personal.js';
import { limitTables } from '../limits/personal.js';
import { liveTables } from '../live/personal.js';
import { meetingTables } from '../meetings/personal.js';
import { memberTables, workTables } from '../members/personal.js';
import { milestoneTables } from '../milestones/personal.js';
import { pairingTables } from '../pairing/personal.js';
import { relayTables } from '../relay/personal.js';
import { resourceTables } from '../resources/personal.js';
import { savedTables } from '../saved/personal.js';
import { sessionTables } from '../sessions/personal.js';
import { slipTables } from '../slips/personal.js';
import { supportTables } from '../support/personal.js';
import { tapTables } from '../taps/personal.js';
import { type Impersonal, nobodys, type Personal } from './declare.js';

const privacyTables = {
  Retraction: nobodys(
    'a message of the bot that is taken back, without whose words it had or to whom it was',
    'platform space channel ref direct createdAt',
  ),
};

/**
 * Every table, and what it tells of members: `/privacy show`, the export, the erasing and the test of the schema go by it. A table or
 * column that is missing here does not compile: say in `personal.ts` of its folder what it is, see `declare.ts`.
 */
export const TABLES = {
  ...memberTables,
  ...workTables,
  ...communityTables,
  ...checkInTables,
  ...milestoneTables,
  ...goalTables,
  ...groupTables,
  ...sessionTables,
  ...liveTables,
  ...limitTables,
  ...slipTables,
  ...feedTables,
  ...exportTables,
  ...pairingTables,
  ...relayTables,
  ...supportTables,
  ...meetingTables,
  ...resourceTables,
  ...savedTables,
  ...tapTables,
  ...auditTables,
  ...privacyTables,
} satisfies { readonly [M in Prisma.ModelName]: Personal<M> | Impersonal };

type Tables = typeof TABLES;
/** Tables in which a row can be about a member. */
export type PersonalTable = { [T in keyof Tables]: Tables[T] extends Impersonal ? never : T }[keyof Tables];
/** A table, without which one it is. */
// biome-ignore lint/suspicious/noExplicitAny: each table has its own columns, and what goes over all of them knows none.
export type AnyPersonal = Personal<any>;

export const PERSONAL_TABLES = Object.values(Prisma.ModelName).filter((name): name is PersonalTable => 'mine' in TABLES[name]);

export const tableOf = (name: PersonalTable): AnyPersonal => TABLES[name] as AnyPersonal;

/** Where a handle has that table. */
export const accessorOf = <T extends Prisma.ModelName>(name: T) =>
  `${name.charAt(0).toLowerCase()}${name.slice(1)}` as Uncapitalize<T>;
