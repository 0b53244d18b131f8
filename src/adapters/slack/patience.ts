import { setTimeout as pause } from 'node:timers/promises';
import { asBusy } from './errors.js';

const TRIES = 4;
/** Milliseconds to wait where Slack did not say how long. */
const FIRST_PAUSE = 150;
/** Nobody waits longer than this for an answer to what they just did. */
const LONGEST_PAUSE = 10_000;

/** Tries again what passes by itself, for somebody who is waiting. @throws what was thrown last */
export async function patiently<T>(act: () => Promise<T>, tries = TRIES): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await act();
    } catch (error) {
      const busy = asBusy(error);
      const wait = busy?.after ?? FIRST_PAUSE * 2 ** (tried - 1);
      if (!busy || tried >= tries || wait > LONGEST_PAUSE) throw error;
      await pause(wait);
    }
  }
}
