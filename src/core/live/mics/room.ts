import type { RoomKind } from '../../../chat/rooms.js';
import type { Cipher } from '../../../db/cipher.js';
import type { Occurrence, Session } from '../../../db/generated/client.js';
import { detailsOf } from '../../sessions/details.js';

/** What kind of room a session is in; undefined where it is in none. */
export function roomKind(cipher: Cipher, session: Session, occurrence?: Occurrence): RoomKind | undefined {
  const place = detailsOf(cipher, session, occurrence).place ?? session.place;
  const channel = occurrence?.channelId ?? session.channelId;
  return channel !== null && (place === 'voice' || place === 'stage') ? place : undefined;
}
