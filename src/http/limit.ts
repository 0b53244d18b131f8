import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { RateLimiterMemory } from 'rate-limiter-flexible';

/** The address on the network that a request came from; that of the proxy, where there is one. */
export const addressOf = (c: Context<{ Bindings: HttpBindings }>): string => c.env?.incoming?.socket.remoteAddress ?? '';

/**
 * So many a minute for each key, in this process.
 * @returns takes one; resolves with the seconds to wait, where there is none left
 */
export function perMinute(points: number): (key: string) => Promise<number | undefined> {
  const limiter = new RateLimiterMemory({ points, duration: 60 });
  return async (key) => {
    try {
      await limiter.consume(key);
      return undefined;
    } catch (error) {
      if (error instanceof Error) throw error;
      return Math.ceil((error as { msBeforeNext: number }).msBeforeNext / 1000);
    }
  };
}
