import type { Told } from '../../log/log.js';
import { slackFields } from './errors.js';

/** What is going on at this moment, so that stopping can wait for it. */
export interface Work {
  /** Never rejects: what went wrong is logged. */
  add(act: () => Promise<void>): Promise<void>;
  /** Resolves when nothing is going on any more. */
  idle(): Promise<void>;
}

export function makeWork(log: Told): Work {
  const going = new Set<Promise<void>>();
  return {
    add(act) {
      const task = act()
        .catch((error: unknown) =>
          log.error(slackFields(error), 'Something that came from Slack failed, and the person could not be told.'),
        )
        .finally(() => going.delete(task));
      going.add(task);
      return task;
    },
    async idle() {
      while (going.size > 0) await Promise.all(going);
    },
  };
}
