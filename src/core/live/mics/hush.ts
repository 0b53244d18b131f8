import { randomUUID } from 'node:crypto';
import type { RoomRefused } from '../../../chat/rooms.js';
import type { World } from '../../scope.js';
import { plan } from '../../work/plan.js';
import { CARD, MICS_REFUSED, MINUTE } from '../kinds.js';
import { decide, type Step } from './decide.js';
import { accountIn, type Hush, hearingOf, openHush } from './hear.js';
import { micBinding, whoIs } from './who.js';

const SECOND = 1000;
/** Milliseconds until a room is looked at again although nobody came, went or was given the turn. */
const WHILE_ON = 15 * SECOND;
/** Milliseconds until it is tried again to turn a microphone back, of somebody who is there and of one who is not. */
const WHILE_OFF = { here: MINUTE, away: 60 * MINUTE } as const;

/** So many turns are kept free for those who get the turn, so that they need not wait behind those who are muted. */
const SPARE = 3;

/** When to look again, and what was in the way, in one word. */
interface Looked {
  readonly next: Date | null;
  readonly trouble?: string;
}

type Turn = Extract<Step, { do: 'make' | 'undo' }>;

/** Writes down what we are about to do, before it is done: nobody is muted of whom we would not know. */
async function note({ db, cipher, live, now, rows }: Hush, { account, isOff }: Turn): Promise<string> {
  const data = { isOff, state: 'asked' as const, at: now };
  const known = rows.get(account);
  if (known !== undefined) {
    await db.microphone.updateMany({ where: { id: known }, data });
    return known;
  }
  const id = randomUUID();
  const sealed = cipher.seal(account, micBinding(id));
  const who = whoIs(cipher, live.space, account);
  await db.microphone.create({ data: { id, communityId: db.communityId, liveId: live.id, who, account: sealed, ...data } });
  rows.set(account, id);
  return id;
}

async function turn({ rooms, live, kind = 'voice' }: Hush, { account, room = live.channelId, isOff }: Turn) {
  const turned = await rooms?.turn(live.space.externalId, { account, room }, kind, isOff);
  return turned ?? ({ ok: false, why: 'away' } satisfies RoomRefused);
}

const forget = ({ db, rows }: Hush, account: string) => db.microphone.deleteMany({ where: { id: rows.get(account) ?? '' } });

const mark = ({ db, now }: Hush, id: string, state: 'done' | 'byHand') =>
  db.microphone.updateMany({ where: { id }, data: { state, at: now } });

async function make(h: Hush, step: Turn): Promise<RoomRefused | undefined> {
  const isFirst = !h.rows.has(step.account);
  const id = await note(h, step);
  const made = await turn(h, step);
  if (made.ok) await mark(h, id, 'done');
  // An attempt of which no answer is known may have taken effect: it counts as ours until it is undone.
  else if (isFirst && made.why !== 'busy') await forget(h, step.account);
  return made.ok || made.why === 'away' || made.why === 'gone' ? undefined : made;
}

async function undo(h: Hush, step: Turn): Promise<RoomRefused | undefined> {
  const undone = await turn(h, step);
  if (undone.ok || undone.why === 'gone') {
    await forget(h, step.account);
    return undefined;
  }
  // In another channel the bot may have less than in the session's.
  const isOurs = step.room === h.live.channelId;
  return undone.why === 'busy' || (undone.why === 'forbidden' && isOurs) ? undone : undefined;
}

/** Turns one microphone back to what it was before we touched it. @returns whether it is */
export async function turnBack(h: Hush, row: { readonly id: string; readonly account: Uint8Array; readonly isOff: boolean }) {
  const account = accountIn(h.cipher, row);
  const room = h.rooms?.people(h.live.space.externalId)?.find((one) => one.account === account)?.room;
  await undo(h, { do: 'undo', account, isOff: !row.isOff, ...(room !== undefined && { room }) });
  return (await h.db.microphone.count({ where: { id: row.id } })) === 0;
}

/** @returns why no more should be tried now */
async function take(h: Hush, step: Step): Promise<RoomRefused | undefined> {
  if (step.do === 'make') return make(h, step);
  if (step.do === 'undo') return undo(h, step);
  if (step.do === 'forget') await forget(h, step.account);
  else await mark(h, h.rows.get(step.account) ?? '', 'byHand');
  return undefined;
}

/** The session goes on without it, its card says so, and who chairs is told why, once. */
async function giveUp({ db, live: { id }, now }: Hush): Promise<void> {
  await db.transact(async (tx) => {
    const { count } = await tx.liveSession.updateMany({ where: { id, isQuiet: true, endedAt: null }, data: { isQuiet: false } });
    if (count > 0) await plan(tx, { kind: CARD, subjectId: id }, now);
    await plan(tx, { kind: MICS_REFUSED, subjectId: id }, now);
  });
}

const after = (now: Date, ms: number) => new Date(now.getTime() + ms);

async function nextLook({ live, db, rooms, cipher, now }: Hush): Promise<Date | null> {
  if (live.isQuiet && !live.endedAt) return after(now, WHILE_ON);
  const left = await db.microphone.findMany({ where: { liveId: live.id } });
  if (left.length === 0) return null;
  const here = new Set(rooms?.people(live.space.externalId)?.map(({ account }) => account));
  return after(now, left.some((row) => here.has(accountIn(cipher, row))) ? WHILE_OFF.here : WHILE_OFF.away);
}

/** Of those who are to be muted, as many as the platform takes now. */
function paced({ live, rooms, now }: Hush, steps: readonly Step[]): { readonly now: readonly Step[]; readonly wait?: number } {
  if (!rooms) return { now: [] };
  const { turns, within } = rooms.pace;
  const recent = live.mics.filter(({ at }) => now.getTime() - at.getTime() < within).length;
  const mutes = steps.filter((step) => step.do === 'make' && step.isOff);
  const late = new Set(mutes.slice(Math.max(0, turns - SPARE - recent)));
  return { now: steps.filter((step) => !late.has(step)), ...(late.size > 0 && { wait: within / turns }) };
}

/**
 * Has the microphones of a live session be as they should be at this moment: while somebody shares, all others are off; afterwards
 * each is as it was before. May be ended at any moment and done again.
 */
export async function hush(world: World, row: { communityId: string; subjectId: string }, now: Date): Promise<Looked> {
  const h = await openHush(world, row, now);
  if (!h) return { next: null };
  const hearing = await hearingOf(h);
  if (!hearing) return { next: after(now, WHILE_ON) };
  const steps = paced(h, decide(hearing));
  for (const step of steps.now) {
    const refused = await take(h, step);
    if (refused?.why === 'busy') return { next: after(now, Math.max(refused.after ?? 0, SECOND)) };
    if (!refused) continue;
    await giveUp(h);
    return { next: after(now, hearing.isOver ? WHILE_OFF.here : SECOND), trouble: refused.why };
  }
  return { next: steps.wait === undefined ? await nextLook(h) : after(now, steps.wait) };
}
