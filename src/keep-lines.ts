import type { World } from './core/scope.js';
import { loadLocalLines } from './core/support/local/load.js';

/** Milliseconds between two looks at what communities say of crisis lines: another process may have saved it. */
const EVERY = 60_000;

/** Keeps it in memory while the process runs. While the database is away, what was read last stays. */
export function keepLines(world: Pick<World, 'prisma' | 'cipher' | 'places'>): { stop(): Promise<void> } {
  let reading = Promise.resolve();
  const timer = setInterval(() => {
    reading = reading.then(() => loadLocalLines(world)).catch(() => undefined);
  }, EVERY);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await reading;
    },
  };
}
