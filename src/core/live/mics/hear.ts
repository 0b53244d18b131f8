import type { RoomKind, Rooms } from '../../../chat/rooms.js';
import type { Cipher } from '../../../db/cipher.js';
import type { Prisma } from '../../../db/generated/client.js';
import type { TenantDb } from '../../../db/tenant.js';
import { rolesHeld } from '../../members/roles.js';
import type { World } from '../../scope.js';
import { within } from '../../within.js';
import type { Hearing, Present, Touched } from './decide.js';
import { roomKind } from './room.js';
import { micBinding } from './who.js';

/** Milliseconds after which what is known of a room shows what we did. */
const SETTLES = 10_000;

const everything = {
  occurrence: { include: { session: true } },
  space: { include: { grants: true } },
  hands: { where: { since: { not: null } } },
  mics: true,
} satisfies Prisma.LiveSessionInclude;

/** The microphones of one live session, at one moment. */
export interface Hush {
  readonly db: TenantDb;
  readonly cipher: Cipher;
  /** Absent: this process does not reach them. */
  readonly rooms?: Rooms;
  readonly live: Prisma.LiveSessionGetPayload<{ include: typeof everything }>;
  /** Undefined: it is in no room any more. */
  readonly kind: RoomKind | undefined;
  readonly now: Date;
  /** The row of each account. */
  readonly rows: Map<string, string>;
}

/** Whose microphone a row is about: the platform's id. */
export const accountIn = (cipher: Cipher, { id, account }: { id: string; account: Uint8Array }): string =>
  cipher.open(account, micBinding(id));

/** @returns undefined when the session is gone */
export async function openHush(
  world: World,
  row: { communityId: string; subjectId: string },
  now: Date,
): Promise<Hush | undefined> {
  const { db, cipher } = within(world, row.communityId);
  const live = await db.liveSession.findFirst({ where: { id: row.subjectId }, include: everything });
  if (!live) return undefined;
  const rooms = world.rooms?.[live.space.platform];
  const kind = roomKind(cipher, live.occurrence.session, live.occurrence);
  const rows = new Map(live.mics.map((one) => [accountIn(cipher, one), one.id]));
  return { db, cipher, live, kind, now, rows, ...(rooms && { rooms }) };
}

/** Accounts of these members where the room is. */
async function accountsOf({ db, live }: Hush, members: readonly (string | null)[]): Promise<Set<string>> {
  const ids = members.filter((id) => id !== null);
  const where = { memberId: { in: ids }, platform: live.space.platform };
  return new Set((await db.identity.findMany({ where, select: { externalId: true } })).map(({ externalId }) => externalId));
}

const touchedIn = ({ live, cipher, now }: Hush): Touched[] =>
  live.mics.map((row) => ({
    account: accountIn(cipher, row),
    isOff: row.isOff,
    state: row.state,
    isSettled: now.getTime() - row.at.getTime() >= SETTLES,
  }));

/** Who leads: who chairs or was meant to, and facilitators, who may always. */
async function leadersOf(h: Hush): Promise<(account: string, roles: readonly string[]) => boolean> {
  const { live } = h;
  const { session, chairId } = live.occurrence;
  const chairs = await accountsOf(h, [live.chairId, live.coChairId, chairId, session.chairId, session.coChairId]);
  return (userId, roles) =>
    chairs.has(userId) || rolesHeld(live.space.grants, { userId, isAdmin: false, roles }).has('facilitator');
}

/** What is so in the session's room; undefined while nothing is known of it. */
export async function hearingOf(h: Hush): Promise<Hearing | undefined> {
  const { live, rooms, kind } = h;
  const people = rooms?.people(live.space.externalId);
  if (!people) return undefined;
  const sharing = live.pausedAt ? [] : live.hands.map(({ memberId }) => memberId);
  const [sharers, leads] = await Promise.all([accountsOf(h, sharing), leadersOf(h)]);
  return {
    kind: kind ?? 'voice',
    room: live.channelId,
    people: people.map(({ account, room, isMuted, isAudience, isBot, roles }): Present => {
      const isOff = kind === 'stage' ? isAudience : isMuted;
      return { account, room, isOff, isBot, leads: leads(account, roles) };
    }),
    touched: touchedIn(h),
    sharers,
    isOver: live.endedAt !== null || !live.isQuiet || kind === undefined,
  };
}
