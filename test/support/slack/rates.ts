/** Requests a minute of each tier, and the messages that one channel takes. Source: docs.slack.dev/apis/web-api/rate-limits. */
const PER_MINUTE = { 1: 1, 2: 20, 3: 50, 4: 100, special: 600 } as const;
export type Tier = keyof typeof PER_MINUTE;

/** Messages in a burst before "one a second" is held against the app. */
const BURST = 3;

/** Counts what was asked, and says how many seconds to wait when it was too much. */
export class Rates {
  readonly #calls = new Map<string, number[]>();
  readonly #channels = new Map<string, { tokens: number; at: number }>();

  constructor(
    private readonly now: () => number,
    readonly on: boolean,
  ) {}

  /** Socket Mode's own method is given some room, because Slack hands out addresses to several processes at once. */
  call(method: string, tier: Tier): number | undefined {
    if (!this.on) return undefined;
    const allowed = method === 'apps.connections.open' ? 20 : PER_MINUTE[tier];
    const since = this.now() - 60_000;
    const recent = (this.#calls.get(method) ?? []).filter((at) => at > since);
    const first = recent[0];
    if (recent.length >= allowed && first !== undefined) return Math.max(1, Math.ceil((first - since) / 1000));
    this.#calls.set(method, [...recent, this.now()]);
    return undefined;
  }

  message(channel: string): number | undefined {
    if (!this.on) return undefined;
    const known = this.#channels.get(channel) ?? { tokens: BURST, at: this.now() };
    const tokens = Math.min(BURST, known.tokens + (this.now() - known.at) / 1000);
    const taken = tokens >= 1;
    this.#channels.set(channel, { tokens: taken ? tokens - 1 : tokens, at: this.now() });
    return taken ? undefined : 1;
  }
}
