import type { Cipher } from '../../db/cipher.js';
import type { Hand as HandRow, LiveSession } from '../../db/generated/client.js';
import type { Hand, LiveState } from './moves.js';
import { openScript, stepCount } from './scripts.js';

const handOf = ({ id, memberId, order, isNew }: HandRow): Hand => ({ id, member: memberId, order, isNew });

/** What {@link apply} works on, made from the rows. */
export function stateOf(cipher: Cipher, row: LiveSession, hands: readonly HandRow[]): LiveState {
  const sharing = hands.find(({ since }) => since !== null);
  return {
    startedAt: row.startedAt,
    closesAt: row.closesAt,
    steps: stepCount(openScript(cipher, row)),
    step: row.step,
    stepSince: row.stepSince,
    ...(row.pausedAt && { pausedAt: row.pausedAt }),
    shareMinutes: row.shareMinutes,
    isMuted: row.isMuted,
    isClosed: row.isClosed,
    allowsUnnamed: row.allowsUnnamed,
    newcomersFirst: row.newcomersFirst,
    isQuiet: row.isQuiet,
    ...(row.chairId !== null && { chair: row.chairId }),
    ...(row.coChairId !== null && { coChair: row.coChairId }),
    chairSeenAt: row.chairSeenAt,
    hands: hands.filter(({ since }) => since === null).map(handOf),
    ...(sharing?.since && sharing.until && { sharing: { ...handOf(sharing), since: sharing.since, until: sharing.until } }),
    ...(row.endedAt && { endedAt: row.endedAt }),
  };
}

/** The columns of a live session that follow from its state. */
export const columnsOf = (state: LiveState) => ({
  closesAt: state.closesAt,
  step: state.step,
  stepSince: state.stepSince,
  pausedAt: state.pausedAt ?? null,
  isMuted: state.isMuted,
  isClosed: state.isClosed,
  allowsUnnamed: state.allowsUnnamed,
  isQuiet: state.isQuiet,
  chairId: state.chair ?? null,
  coChairId: state.coChair ?? null,
  chairSeenAt: state.chairSeenAt,
  endedAt: state.endedAt ?? null,
});
