import {
  type Adapter,
  type Address,
  Busy,
  type Message,
  type Platform,
  type Removed,
  type Sent,
  type Turn,
} from '../../../src/chat/index.js';

export interface Arrived {
  readonly to: Address;
  readonly text: string;
  readonly message: Message;
  readonly once: string;
  /** By `performance.now()`. */
  readonly at: number;
}

export interface FakeOptions {
  readonly platform?: Platform;
  readonly send?: Adapter['can']['send'];
  readonly privateThreads?: true;
}

/** A platform in memory, which can refuse, be down, and be slow. Only what the engine asks of an adapter. */
export class FakePlatform implements Adapter {
  readonly platform: Platform;
  readonly can: Adapter['can'];
  readonly arrived: Arrived[] = [];
  /** Messages that took the place of others. */
  readonly edited: { readonly ref: string; readonly text: string }[] = [];
  /** Every call, also those that were refused. */
  calls = 0;
  /** Decides about the next message; undefined takes it. */
  answer: (call: { to: Address; once: string; text: string }) => Sent | Error | undefined = () => undefined;
  /** What was taken back, in order, with those of which that was refused. */
  readonly removals: string[] = [];
  /** Decides what becomes of the next one. */
  lets: (ref: string) => Removed = () => ({ ok: true });
  readonly remover = {
    remove: async (ref: string): Promise<Removed> => {
      this.removals.push(ref);
      return this.lets(ref);
    },
  };
  /** Milliseconds for one message. */
  slow = 0;
  /** Requests that one message takes. */
  requests = 1;
  /** When each request came, by `performance.now()`. */
  readonly asked: number[] = [];

  constructor({ platform = 'playground', send, privateThreads }: FakeOptions = {}) {
    this.platform = platform;
    this.can = {
      formFields: 5,
      fileBytes: 9_000_000,
      fieldErrors: true,
      completion: true,
      zone: true,
      ...(send && { send }),
      ...(privateThreads && { privateThreads }),
    };
  }

  review = () => [];
  start = async () => undefined;
  stop = async () => undefined;

  async send(to: Address, message: Message, once: string, turn?: Turn): Promise<Sent> {
    this.calls += 1;
    for (let request = 0; request < this.requests; request += 1) {
      await turn?.();
      this.asked.push(performance.now());
    }
    const at = performance.now();
    if (this.slow > 0) await new Promise((resolve) => setTimeout(resolve, this.slow));
    const answer = this.answer({ to, once, text: message.summary });
    if (answer instanceof Error) throw answer;
    if (answer) return answer;
    this.arrived.push({ to, text: message.summary, message, once, at });
    return { ok: true, ref: `ref-${this.arrived.length}` };
  }

  async edit(ref: string, _to: Address, message: Message): Promise<Sent> {
    this.edited.push({ ref, text: message.summary });
    return { ok: true, ref };
  }

  /** How often each message arrived, by its key. */
  times(): Map<string, number> {
    const times = new Map<string, number>();
    for (const { once } of this.arrived) times.set(once, (times.get(once) ?? 0) + 1);
    return times;
  }
}

export const down = (after?: number) => new Busy('The platform is down.', after);
