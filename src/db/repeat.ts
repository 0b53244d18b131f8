import { setTimeout as pause } from 'node:timers/promises';

/** SQLSTATE: serialization failure and deadlock. */
const REPEAT = /\b(?:40001|40P01)\b/;

/** The whole transaction must be repeated, and may then succeed. */
export function mustRepeat(error: unknown): boolean {
  const { code, meta, message } = error as { code?: unknown; meta?: { code?: unknown }; message?: unknown };
  // P2034 is Prisma's word for the same.
  return code === 'P2034' || [code, meta?.code, message].some((text) => typeof text === 'string' && REPEAT.test(text));
}

const TRIES = 5;
/** Milliseconds at most between tries, so that the two do not meet in the same way again. */
const APART = 50;

/** Does it again where the database wants it repeated, as when two waited for each other. @throws what the last try threw */
export async function repeating<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries >= TRIES || !mustRepeat(error)) throw error;
      await pause(Math.random() * APART);
    }
  }
}
