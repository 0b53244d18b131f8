import { setTimeout as pause } from 'node:timers/promises';
import { rotateKeys } from './core/keys/rotate.js';
import type { Cipher, Keyring } from './db/cipher.js';
import { DatabaseProblem } from './db/errors.js';
import type { PrismaClient } from './db/generated/client.js';
import { IN_USE, useKey } from './db/rotate.js';
import { errorFields } from './log/errors.js';
import type { Told } from './log/log.js';

/** Milliseconds between two notes that we seal with our key: several within the time for which one counts. */
const EVERY = (IN_USE * 1000) / 3;
/** Rows at a time, and milliseconds in between: whoever talks to the bot meanwhile is not to notice. */
const BATCH = 50;
const REST = 25;
/** Milliseconds between looks whether what kept a rotation from ending is over. */
const LOOK = IN_USE * 1000;

const sum = (counts: Iterable<number>) => [...counts].reduce((total, count) => total + count, 0);

export interface KeptKeys {
  stop(): Promise<void>;
}

interface Keeping {
  readonly prisma: PrismaClient;
  readonly cipher: Cipher;
  readonly keyring: Keyring;
  /** No other process can be on this database. */
  readonly isAlone: boolean;
  readonly log: Told;
}

/** Seals everything with the first key, at leisure, and tells the operator which keys can go. */
async function rotate({ prisma, cipher, keyring, log }: Keeping, signal: AbortSignal): Promise<void> {
  const rest = (ms: number) => pause(ms, undefined, { signal });
  const { resealed, unreadable, retired } = await rotateKeys({
    ...{ prisma, cipher, keyring, batch: BATCH },
    onBatch: () => rest(REST),
    wait: async () => {
      await rest(LOOK);
      return true;
    },
  });
  if (unreadable.size > 0)
    log.error({ unreadable: sum(unreadable.values()) }, 'Some values open with none of the keys; see "homegroup keys rotate".');
  const spare = keyring.map(({ id }) => id).filter((id) => retired.includes(id));
  if (spare.length > 0)
    log.info({ resealed, spare }, 'Everything is sealed with the first encryption key. The spare keys can be taken out.');
}

/**
 * While a process runs: says that it seals with the first key, so that nobody takes that one away, and brings what other keys
 * sealed to it. A rotation that was ended goes on at the next start.
 */
export async function keepKeys(keeping: Keeping): Promise<KeptKeys> {
  const { prisma, keyring, isAlone, log } = keeping;
  const stopping = new AbortController();
  const beat = () => useKey(prisma, keyring[0].id);
  // On the embedded database it would be a write to the disk for nobody.
  if (!isAlone) await beat();
  const beating = isAlone ? undefined : setInterval(() => void beat().catch(() => undefined), EVERY);
  beating?.unref();

  const quietly = async () => {
    while (!stopping.signal.aborted) {
      try {
        return await rotate(keeping, stopping.signal);
      } catch (error) {
        if (stopping.signal.aborted) return;
        if (error instanceof DatabaseProblem) return log.warn({ problem: error }, 'Nothing is sealed anew.');
        log.warn(errorFields(error), 'Sealing with the first key was interrupted; it goes on.');
        await pause(LOOK, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  };
  const rotating = keyring.length > 1 ? quietly() : Promise.resolve();
  return {
    async stop() {
      clearInterval(beating);
      stopping.abort();
      await rotating;
    },
  };
}
