import { LIMITS } from './limits.js';

/** What a request may be repeated, in one window. */
export interface Bucket {
  readonly limit: number;
  readonly milliseconds: number;
}

export interface Verdict {
  readonly headers: Readonly<Record<string, string>>;
  /** Seconds, when the request is refused. */
  readonly retryAfter?: number;
  readonly global?: boolean;
}

interface Window {
  count: number;
  until: number;
}

/** Rate limits as Discord keeps them: a bucket per route and main resource, and one for everything. */
export class Throttle {
  readonly #windows = new Map<string, Window>();
  #all: Window = { count: 0, until: 0 };
  readonly #invalid: number[] = [];

  #open(key: string, milliseconds: number, now: number): Window {
    const known = this.#windows.get(key);
    if (known && known.until > now) return known;
    const window = { count: 0, until: now + milliseconds };
    this.#windows.set(key, window);
    return window;
  }

  /** @param exempt answers to interactions do not count towards the limit over everything */
  count(key: string, { limit, milliseconds }: Bucket, exempt: boolean, now = Date.now()): Verdict {
    if (!exempt && this.#countAll(now)) {
      const retryAfter = (this.#all.until - now) / 1000;
      return {
        headers: { 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global', 'retry-after': String(Math.ceil(retryAfter)) },
        retryAfter,
        global: true,
      };
    }
    const window = this.#open(key, milliseconds, now);
    window.count += 1;
    const after = (window.until - now) / 1000;
    const headers = {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - window.count)),
      'x-ratelimit-reset': String(window.until / 1000),
      'x-ratelimit-reset-after': String(after),
      'x-ratelimit-bucket': Buffer.from(key.split(' ').slice(0, 2).join(' ')).toString('hex'),
    };
    if (window.count <= limit) return { headers };
    return { headers: { ...headers, 'x-ratelimit-scope': 'user', 'retry-after': String(Math.ceil(after)) }, retryAfter: after };
  }

  #countAll(now: number): boolean {
    if (this.#all.until <= now) this.#all = { count: 0, until: now + 1000 };
    this.#all.count += 1;
    return this.#all.count > LIMITS.globalPerSecond;
  }

  /** Requests answered with 401, 403 or 429: too many of them get the address banned for a while. */
  countInvalid(now = Date.now()): void {
    this.#invalid.push(now);
  }

  get invalid(): number {
    const since = Date.now() - LIMITS.invalidWindow;
    return this.#invalid.filter((at) => at > since).length;
  }

  get banned(): boolean {
    return this.invalid >= LIMITS.invalidRequests;
  }
}
