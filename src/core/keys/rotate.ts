import type { Cipher, Keyring } from '../../db/cipher.js';
import type { PrismaClient } from '../../db/generated/client.js';
import { keysOf, mustComeFirst, type Passed, passOverAll, type Rotation, retire } from '../../db/rotate.js';
import { deriveWho } from '../live/mics/derive.js';
import { deriveSearch } from '../pairing/traits.js';

export interface Rotating extends Pick<Rotation, 'onBatch'> {
  readonly prisma: PrismaClient;
  readonly cipher: Cipher;
  readonly keyring: Keyring;
  /** Rows that are read and written at a time. */
  readonly batch?: number;
  /** The id of a key that is gone back to on purpose. */
  readonly to?: string;
  /** Values that no key opens are given up: they do not keep a key from being retired. */
  readonly leavesUnreadable?: boolean;
  /** Resolves when it is to be looked again; false: it is not waited any longer. */
  readonly wait: () => Promise<boolean>;
}

/** How a rotation ended. */
export interface Rotated extends Passed {
  /** Keys that are not needed any more, by id, those of earlier rotations too. */
  readonly retired: readonly string[];
  /** Keys with which a process that is running still seals. */
  readonly inUse: readonly string[];
}

const BATCH = 200;

/**
 * Seals everything with the first key of the ring, beside processes that are running, and retires the others. Resumable: whatever
 * ended it, the next call goes on. Waits for processes that seal with another key, because they may not know the new one.
 * @throws {@link DatabaseProblem} when the first key is not the one to come
 */
export async function rotateKeys(options: Rotating): Promise<Rotated> {
  const { prisma, cipher, keyring, to, wait, leavesUnreadable = false, batch = BATCH, onBatch } = options;
  const [active] = keyring;
  const derive = { 'MentorProfile.details': deriveSearch(cipher), 'Microphone.account': deriveWho(cipher) };
  const rotation = { prisma, cipher, keyring, derive, batch, ...(onBatch && { onBatch }) };
  let resealed = 0;
  for (;;) {
    const keys = await keysOf(prisma);
    mustComeFirst(keyring, keys, to);
    const inUse = keys.filter(({ id, isInUse }) => isInUse && id !== active.id).map(({ id }) => id);
    if (inUse.length > 0) {
      if (await wait()) continue;
      return { resealed, unreadable: new Map(), retired: [], inUse };
    }
    const passed = await passOverAll(rotation);
    resealed += passed.resealed;
    if (passed.resealed > 0) continue;
    if (passed.unreadable.size > 0 && !leavesUnreadable) return { ...passed, resealed, retired: [], inUse };
    // A process may have written between the pass and this: nothing of a retired key is left behind.
    if ((await retire(rotation)).length > 0) continue;
    const retired = (await keysOf(prisma)).filter(({ retiredAt }) => retiredAt !== null).map(({ id }) => id);
    const left = keyring.filter(({ id }) => id !== active.id && !retired.includes(id));
    if (left.length === 0) return { ...passed, resealed, retired, inUse };
  }
}
