import type { RoomKind } from '../../chat/rooms.js';
import type { Cipher } from '../../db/cipher.js';
import type { TenantDb } from '../../db/tenant.js';
import type { PlatformName } from '../names.js';
import { detailsOf } from '../sessions/details.js';
import { firstCard } from './kinds.js';
import { roomKind } from './mics/room.js';
import { type Hand, type LiveState, lineOf } from './moves.js';
import { openScript, type Script } from './scripts.js';
import { stateOf } from './state.js';

/** Somebody as a reader on one platform may be shown them. */
export interface Person {
  readonly hand: string;
  readonly isNew: boolean;
  /** The platform's id; absent for somebody who has no account on the reader's. */
  readonly account?: string;
}

/** A live session as everybody of the community may see it. */
export interface LiveView {
  readonly id: string;
  readonly title: string;
  readonly script: Script;
  readonly state: LiveState;
  /** The kind of room it is in, if any. */
  readonly room?: RoomKind;
  /** The occurrence's whole length, in minutes. */
  readonly minutes: number;
  readonly shareCount: number;
  readonly sharing?: Person;
  /** Those who wait, first to last, as many as were asked for. */
  readonly line: readonly Person[];
  /** The platform's id, where the reader knows the chair. */
  readonly chair?: string;
  /** Where its card is. */
  readonly card: {
    readonly platform: PlatformName;
    /** The platform's ids. */
    readonly space: string;
    readonly channel: string;
    readonly cardNo: number;
    /** The platform's id of the message, once it was sent. */
    readonly ref?: string;
    /** It could not be shown there. */
    readonly isUnseen: boolean;
  };
  /** IANA, the session's. */
  readonly zone: string;
  /** The community's. */
  readonly language: string;
  /** The pulse is counted; absent where it was not yet. */
  readonly tally?: readonly number[];
}

/** How those who wait are named on a card: the next only. */
const NAMED = 1;

/**
 * @param platform the reader's; without one, that of the card
 * @returns undefined when it is gone
 */
export async function viewLive(
  { db, cipher }: { readonly db: TenantDb; readonly cipher: Cipher },
  id: string,
  { platform, named = NAMED }: { readonly platform?: PlatformName; readonly named?: number } = {},
): Promise<LiveView | undefined> {
  const row = await db.liveSession.findFirst({
    where: { id },
    include: {
      occurrence: { include: { session: true } },
      space: { select: { platform: true, externalId: true } },
      community: { select: { language: true } },
      hands: { orderBy: { order: 'asc' } },
    },
  });
  if (!row) return undefined;
  const { occurrence, space, community, hands, ...live } = row;
  const state = stateOf(cipher, live, hands);
  const waiting = lineOf(state).slice(0, named);
  const people = [...waiting, ...(state.sharing ? [state.sharing] : [])].map(({ member }) => member);
  const known = [...people, ...(state.chair === undefined ? [] : [state.chair])];
  const [accounts, card] = await Promise.all([
    db.identity.findMany({
      where: { memberId: { in: known }, platform: platform ?? space.platform },
      orderBy: { createdAt: 'desc' },
    }),
    db.delivery.findFirst({ where: { once: firstCard(id, live.cardNo) }, select: { ref: true, state: true } }),
  ]);
  const accountOf = new Map(accounts.map(({ memberId, externalId }) => [memberId, externalId]));
  const person = ({ id: hand, isNew, member }: Hand): Person => {
    const account = accountOf.get(member);
    return { hand, isNew, ...(account !== undefined && { account }) };
  };
  const chair = state.chair === undefined ? undefined : accountOf.get(state.chair);
  const room = roomKind(cipher, occurrence.session, occurrence);
  return {
    id,
    title: detailsOf(cipher, occurrence.session, occurrence).title,
    script: openScript(cipher, live),
    state,
    ...(room && { room }),
    minutes: occurrence.minutes,
    shareCount: live.shareCount,
    ...(state.sharing && { sharing: person(state.sharing) }),
    line: waiting.map(person),
    ...(chair !== undefined && { chair }),
    card: {
      platform: space.platform,
      space: space.externalId,
      channel: live.channelId,
      cardNo: live.cardNo,
      ...(card?.ref && { ref: card.ref }),
      isUnseen: card !== null && (card.state === 'dropped' || card.state === 'dead'),
    },
    zone: occurrence.session.zone,
    language: occurrence.session.language ?? community.language,
    ...(live.countedAt && { tally: live.tally }),
  };
}
