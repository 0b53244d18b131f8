import { setTimeout as sleep } from 'node:timers/promises';
import type { Remover } from '../../chat/remover.js';
import { ifOpens } from '../../db/cipher.js';
import type { Retraction } from '../../db/generated/client.js';
import type { PlatformName } from '../names.js';
import type { World } from '../scope.js';
import { type Within, within } from '../within.js';
import { DIRECT, directBinding } from './take-back.js';
import { awaited } from './take-out.js';

/** Milliseconds in which a message can be taken back; then nothing leads to it any more. */
export const TAKE_BACK_WITHIN = 2 * 24 * 3_600_000;
/** Messages of one platform at a time: minutes, so that another process does not think us dead. */
const MOST = 200;
/** Failures in one go after which it is the platform, and not the message. */
const FORGIVEN = 3;
/** Milliseconds until the next ones. */
const SOON = 1_000;
/** Milliseconds at most until a platform that could not take it is asked again. */
const LONGEST = 5 * 60_000;

const since = ({ createdAt }: Pick<Retraction, 'createdAt'>, now: Date) => now.getTime() - createdAt.getTime();
/** What did not work is tried again after as long as it has taken so far. */
const patience = (row: Pick<Retraction, 'createdAt'>, now: Date) => Math.min(Math.max(since(row, now), SOON), LONGEST);

/** Forgets those for which the time is over. */
async function giveUp({ db }: Within, now: Date): Promise<void> {
  const old = { ...DIRECT, createdAt: { lte: new Date(now.getTime() - TAKE_BACK_WITHIN) } };
  const waiting = await db.retraction.findMany({ where: { ...old, direct: null }, select: { id: true } });
  await db.delivery.deleteMany({ where: { subjectId: { in: waiting.map(({ id }) => id) } } });
  await db.retraction.deleteMany({ where: old });
}

/** Of those that were on their way it may be known by now whether they arrived, and as what. */
async function settle({ db, cipher }: Within): Promise<void> {
  const waiting = await db.retraction.findMany({ where: { ...DIRECT, direct: null } });
  const messages = await db.delivery.findMany({ where: { once: { in: waiting.map(({ id }) => awaited(id)) } } });
  for (const { id } of waiting) {
    const message = messages.find(({ once }) => once === awaited(id));
    if (message?.state === 'queued') continue;
    await db.transact(async (tx) => {
      const where = { id };
      if (message?.ref)
        await tx.retraction.updateMany({ where, data: { direct: cipher.seal(message.ref, directBinding(tx, id)) } });
      else await tx.retraction.deleteMany({ where });
      await tx.delivery.deleteMany({ where: { subjectId: id } });
    });
  }
}

/** How far one platform came. */
interface Came {
  /** Milliseconds until it is worth going on; absent: nothing is left there. */
  readonly again?: number;
  readonly removed: number;
  readonly refused: number;
}

/** Deletes them one after the other, each row when its message is gone or cannot be taken back, so that it is done once after a crash. */
async function removeEach(
  { db, cipher }: Within,
  { remove, gap }: Remover,
  rows: readonly Retraction[],
  now: Date,
  signal: AbortSignal,
): Promise<Came> {
  let [removed, refused, failed] = [0, 0, 0];
  for (const row of rows) {
    signal.throwIfAborted();
    const { id, direct } = row;
    const ref = direct && ifOpens(() => cipher.open(direct, directBinding(db, id)));
    const said = ref ? await remove(ref) : ({ ok: false, why: 'refused' } as const);
    if (!said.ok && said.why === 'busy') {
      failed += 1;
      if (said.after !== undefined || failed === FORGIVEN)
        return { again: Math.max(said.after ?? 0, patience(row, now)), removed, refused };
    } else {
      if (said.ok) removed += 1;
      else if (said.why === 'refused') refused += 1;
      await db.retraction.deleteMany({ where: { id } });
    }
    if (gap !== undefined) await sleep(gap, undefined, { signal });
  }
  const [first] = rows;
  const again = failed > 0 && first ? patience(first, now) : rows.length === MOST ? SOON : undefined;
  return { ...(again !== undefined && { again }), removed, refused };
}

/** What is to be taken back on one platform. */
async function removeOn(home: Within, platform: PlatformName, world: World, now: Date, signal: AbortSignal): Promise<Came> {
  const remover = world.removers?.[platform];
  const where = { ...DIRECT, platform, direct: { not: null } };
  const rows = await home.db.retraction.findMany({ where, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: MOST });
  const [first] = rows;
  if (!first) return { removed: 0, refused: 0 };
  // A process that is connected to it comes by.
  if (!remover) return { again: patience(first, now), removed: 0, refused: 0 };
  return removeEach(home, remover, rows, now, signal);
}

/**
 * Takes back what the bot sent to people of this community who were erased: nothing but messages of its own, of which it wrote down
 * that it sent them. What the platform refuses is given up, what passes is tried again for two days. Broken off, it goes on.
 * @returns when to look again; null when nothing is left. `trouble` where all was refused
 */
export async function removeDirect(world: World, communityId: string, now: Date, signal: AbortSignal) {
  const began = performance.now();
  const home = within(world, communityId);
  const { db } = home;
  await giveUp(home, now);
  await settle(home);
  const left = await db.retraction.groupBy({ by: ['platform'], where: { ...DIRECT, direct: { not: null } } });
  const came = await Promise.all(left.map(({ platform }) => removeOn(home, platform, world, now, signal)));
  const sum = (of: 'removed' | 'refused') => came.reduce((total, one) => total + one[of], 0);
  const oldest = await db.retraction.findFirst({ where: { ...DIRECT, direct: null }, orderBy: { createdAt: 'asc' } });
  const waits = [...came.flatMap(({ again }) => again ?? []), ...(oldest ? [patience(oldest, now)] : [])];
  // Longest: a platform that asked us to wait is not asked sooner because another one is quick.
  const next = waits.length > 0 ? new Date(now.getTime() + performance.now() - began + Math.max(...waits)) : null;
  return { next, ...(sum('removed') === 0 && sum('refused') > 0 && { trouble: 'refused' as const }) };
}
