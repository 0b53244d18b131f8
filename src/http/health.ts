import type { Handler } from 'hono';
import { errorFields } from '../log/errors.js';
import type { Log } from '../log/log.js';

/** Milliseconds. Shorter than the timeouts that orchestrators commonly give a probe. */
const PATIENCE = 2000;

/** 200 while the process and its database answer; 503 with a sentence while the database does not. */
export function health(ping: (() => Promise<unknown>) | undefined, log: Pick<Log, 'warn'>): Handler {
  return async (c) => {
    if (!ping) return c.text('Homegroup is running.');
    try {
      await within(PATIENCE, ping());
      return c.text('Homegroup is running, and its database answers.');
    } catch (error) {
      log.warn(errorFields(error), 'The database did not answer a health check.');
      return c.text(
        'Homegroup is running, but its database does not answer. Crisis lines still work; nothing can be saved.',
        503,
      );
    }
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${ms} ms.`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
