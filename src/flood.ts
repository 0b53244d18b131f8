import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Invocation } from './chat/index.js';
import { LIMITS, type Limit } from './core/limits/kinds.js';

/** Something that was said too soon after too much else. */
export interface Flood {
  readonly whose: 'person' | 'community';
  /** Milliseconds until it may be said. */
  readonly wait: number;
  /** The first that is held back. */
  readonly isFirst: boolean;
}

/** Counts what is said, in memory and by the ids of platforms. @returns undefined: go on */
export type Dam = (call: Pick<Invocation, 'platform' | 'user' | 'space'>) => Promise<Flood | undefined>;

function counting({ most, within }: Limit) {
  const limiter = new RateLimiterMemory({ points: most, duration: within / 1000 });
  return async (key: string): Promise<Omit<Flood, 'whose'> | undefined> => {
    try {
      await limiter.consume(key);
      return undefined;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      return { wait: error.msBeforeNext, isFirst: error.consumedPoints === most + 1 };
    }
  };
}

/** @param limits for tests */
export function makeDam(limits: { readonly person: Limit; readonly community: Limit } = LIMITS.command): Dam {
  const [person, community] = [counting(limits.person), counting(limits.community)];
  return async ({ platform, user, space }) => {
    const place = `${platform}:${space?.id ?? ''}`;
    const own = await person(`${place}:${user.id}`);
    if (own) return { whose: 'person', ...own };
    const all = space && (await community(place));
    return all && { whose: 'community', ...all };
  };
}
