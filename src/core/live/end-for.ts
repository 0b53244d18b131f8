import { caretakers } from '../members/named.js';
import type { Ending } from '../privacy/ending.js';
import { takeOut } from '../privacy/take-out.js';
import { plan } from '../work/plan.js';
import { hold, write } from './act.js';
import { CARD, firstShare, MIC_BACK, SEAT } from './kinds.js';
import { apply } from './machine.js';
import type { LiveState } from './moves.js';

/** The chair goes to the co-chair, or nobody leads; the hand goes down, and a turn goes on. */
function without(state: LiveState, id: string, now: Date): LiveState {
  const { chair, coChair, ...rest } = state;
  const isChair = chair === id;
  const next = isChair ? (coChair === id ? undefined : coChair) : chair;
  const second = isChair || coChair === id ? undefined : coChair;
  const led: LiveState = {
    ...rest,
    ...(next !== undefined && { chair: next, ...(isChair && { chairSeenAt: now }) }),
    ...(second !== undefined && { coChair: second }),
  };
  const actor = { member: id, runs: false };
  const passed = apply(led, { kind: 'pass' }, actor, now);
  const flows = apply(passed.ok ? passed.state : led, { kind: 'flow' }, actor, now);
  return flows.ok ? flows.state : led;
}

/** A session that goes on goes on without the member. */
async function leave({ db, cipher, who, now, tell }: Ending, id: string): Promise<void> {
  const held = await hold({ db, cipher }, id);
  if (!held || held.state.endedAt) return;
  const after = without(held.state, who.id, now);
  await write(db, held.row, held.state, after, now);
  if (held.state.chair !== who.id) return;
  if (after.chair !== undefined) await plan(db, { kind: SEAT, subjectId: id }, now);
  else for (const one of await caretakers(db, db.communityId)) await tell('chair', one);
}

/** What they shared with their name is taken out of the channel, also where that was begun: it may wait to be sent, and goes with the share. */
async function takeBackShares(ending: Ending): Promise<void> {
  const { db, who, now } = ending;
  const shares = await db.share.findMany({
    where: { memberId: who.id },
    include: { live: { include: { space: true } } },
  });
  for (const { id, liveId, live } of shares) {
    const { platform, externalId: space } = live.space;
    await takeOut(ending, firstShare(id), { platform, space, channel: live.channelId });
    await plan(db, { kind: CARD, subjectId: liveId }, now);
  }
}

/** A member who is erased, or left, leads nothing that goes on and waits for no turn there. */
export async function leaveLive(ending: Ending): Promise<void> {
  const { db, who } = ending;
  const mine = { OR: [{ chairId: who.id }, { coChairId: who.id }, { hands: { some: { memberId: who.id } } }] };
  const lives = await db.liveSession.findMany({
    where: { endedAt: null, ...mine },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  for (const { id } of lives) await leave(ending, id);
}

/** A member who is erased has besides nothing of theirs shown, and their microphone back. */
export async function endLive(ending: Ending, microphones: readonly string[]): Promise<void> {
  const { db, now } = ending;
  await leaveLive(ending);
  await takeBackShares(ending);
  for (const id of microphones) await plan(db, { kind: MIC_BACK, subjectId: id }, now);
}
